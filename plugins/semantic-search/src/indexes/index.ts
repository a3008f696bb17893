export {
  defineSemanticProductIndex,
  type ProductIndexExtension,
  type SemanticProductIndexOptions,
} from "./semantic-product-index"
export type { ProductRow } from "./product-graph"
export { PRICE_LISTS_CHANGED, type ProductEventSource, PRODUCTS_CHANGED } from "./product-events"
