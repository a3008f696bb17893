export { finishSeed } from "../providers/pgvector/finish-seed"
export { type Removal, removeFromDatabase } from "./remove-from-database"
export { compareWhereDue } from "./due-comparison"
export { queueChangedProducts } from "./queue-changed-products"
export { queueDuePriceLists } from "./queue-due-price-lists"
export { queueMissedChanges } from "./queue-missed-changes"
export {
  beginReconciliation,
  type ReconcileOptions,
  type ReconcileOutcome,
  reconcileProducts,
} from "./reconcile-products"
export { refreshQueuedProducts } from "./refresh-products"
export { type EmbeddingProgress, waitUntilEmbedded } from "./wait-until-embedded"
