export {
  defineSemanticProductIndex,
  type ProductIndexExtension,
  type SemanticProductIndexOptions,
} from "./semantic-product-index"
export type { ProductRow } from "./product-graph"
export { type ProductEventSource, PRODUCTS_CHANGED } from "./product-events"
