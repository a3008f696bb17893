export { reconcileProducts, type ReconcileReport } from "./reconcile-products"
export { type EmbeddingProgress, waitUntilEmbedded } from "./wait-until-embedded"
