import { configureStoreSearch, defineMiddlewares } from "@medusajs/framework/http"
import { adminQueueMiddlewares } from "./admin/semantic-search/middlewares"
import { adminReconcileMiddlewares } from "./admin/semantic-search/reconcile/middlewares"
import { silentChangeMiddlewares } from "./admin/silent-changes/middlewares"
import { storeAssistantMiddlewares } from "./store/assistant/middlewares"
import { assertFilterShape } from "./store/search/assert-filter-shape"
import { noteAnswers } from "./store/search/note-answers"
import { storeSearchSuggestionsMiddlewares } from "./store/search/suggestions/middlewares"
import { useLocale } from "./store/search/use-locale"

/** The index that `defineSemanticProductIndex` defines under its default name. */
const PRODUCT_INDEX = "product"

export default defineMiddlewares({
  routes: [
    {
      // Without this, Medusa answers 404 for every index.
      matcher: "/store/search",
      middlewares: [
        configureStoreSearch({ allowed_indexes: { [PRODUCT_INDEX]: true } }),
        assertFilterShape,
      ],
    },
    { methods: ["POST"], matcher: "/store/search", middlewares: [useLocale, noteAnswers] },
    ...storeSearchSuggestionsMiddlewares,
    ...adminQueueMiddlewares,
    ...silentChangeMiddlewares,
    ...adminReconcileMiddlewares,
    ...storeAssistantMiddlewares,
  ],
})
