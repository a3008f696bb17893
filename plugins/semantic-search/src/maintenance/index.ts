export { reconcileProducts, type ReconcileReport } from "./reconcile-products"
export { type Removal, removeFromDatabase } from "./remove-from-database"
export { type EmbeddingProgress, waitUntilEmbedded } from "./wait-until-embedded"
