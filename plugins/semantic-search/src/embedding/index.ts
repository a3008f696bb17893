export * from "./content-hash"
export * from "./embedder"
export * from "./function-embedder"
export * from "./models"
export * from "./query-embeddings"
export * from "./remote/ollama"
export * from "./remote/openai"
export * from "./remote/remote-embedder"
export * from "./served-models"
export * from "./vector"
export {
  TransformersEmbedder,
  type TransformersEmbedderOptions,
} from "./transformers/transformers-embedder"
