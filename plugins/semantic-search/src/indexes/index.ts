export {
  defineSemanticProductIndex,
  type ProductIndexExtension,
  type SemanticProductIndexOptions,
} from "./semantic-product-index"
export type { ProductRow } from "./product-graph"
export {
  eventIds,
  PRICE_LISTS_CHANGED,
  type ProductEvents,
  type ProductEventSource,
  PRODUCTS_CHANGED,
} from "./product-events"
export { registeredProductIndexes } from "./registered-indexes"
