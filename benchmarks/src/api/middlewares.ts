import { configureStoreSearch, defineMiddlewares } from "@medusajs/framework/http"
import { currentDataset } from "../dataset/dataset"

const names = Object.values(currentDataset()?.indexes ?? {})

export default defineMiddlewares({
  routes: [
    {
      matcher: "/store/search",
      middlewares: [
        configureStoreSearch({
          allowed_indexes: Object.fromEntries(names.map((name) => [name, true as const])),
        }),
      ],
    },
  ],
})
