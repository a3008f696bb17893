import {
  DEFAULT_EMBEDDING_MODEL,
  type Embedder,
  findEmbeddingModel,
  FunctionEmbedder,
  TransformersEmbedder,
} from "../../embedding"
import type { ResolvedOptions } from "./options"

/** Makes the embedder that the options name. Nothing is loaded before the first text. */
export function createEmbedder(options: ResolvedOptions["embedder"]): Embedder {
  switch (options.type) {
    case "function":
      return new FunctionEmbedder(options)
    case "transformers":
      return new TransformersEmbedder({
        model: (options.model && findEmbeddingModel(options.model)) || DEFAULT_EMBEDDING_MODEL,
        models_dir: options.models_dir,
        allow_download: options.allow_download,
      })
  }
}
