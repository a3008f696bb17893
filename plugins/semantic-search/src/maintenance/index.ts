export { finishSeed } from "../providers/pgvector/finish-seed"
export { type Removal, removeFromDatabase } from "./remove-from-database"
export { queueChangedProducts } from "./queue-changed-products"
export { queueDuePriceLists } from "./queue-due-price-lists"
export {
  beginReconciliation,
  type ReconcileOptions,
  type ReconcileOutcome,
  reconcileProducts,
} from "./reconcile-products"
export { refreshQueuedProducts } from "./refresh-products"
export { type EmbeddingProgress, waitUntilEmbedded } from "./wait-until-embedded"
