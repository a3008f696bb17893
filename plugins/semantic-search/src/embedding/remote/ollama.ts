import type { EmbeddingProtocol } from "./protocol"
import { RemoteEmbedder, type RemoteEmbedderOptions } from "./remote-embedder"

export interface OllamaEmbedderOptions extends RemoteEmbedderOptions {
  /** How long Ollama keeps the model loaded: a duration such as "30m", or seconds (-1: for ever). */
  keep_alive?: string | number
  /** Whether Ollama cuts texts that are longer than the model's window; otherwise it refuses them. */
  truncate: boolean
}

/** Embeds through Ollama's `POST /api/embed`. */
export class OllamaEmbedder extends RemoteEmbedder {
  constructor(options: OllamaEmbedderOptions) {
    super(options, ollamaProtocol(options))
  }
}

function ollamaProtocol({
  keep_alive,
  truncate,
}: Pick<OllamaEmbedderOptions, "keep_alive" | "truncate">): EmbeddingProtocol {
  return {
    path: "/api/embed",
    request: (input, model) => ({ model, input, truncate, keep_alive }),
    vectors: (answer) => (answer as { embeddings?: unknown } | null)?.embeddings,
  }
}
