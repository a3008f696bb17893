export {
  defineSemanticProductIndex,
  type ProductIndexExtension,
  type SemanticProductIndexOptions,
} from "./semantic-product-index"
export type { ProductRow } from "./product-graph"
