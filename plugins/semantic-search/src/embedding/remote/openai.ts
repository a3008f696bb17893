import type { EmbeddingProtocol } from "./protocol"
import { RemoteEmbedder, type RemoteEmbedderOptions } from "./remote-embedder"

export interface OpenAiEmbedderOptions extends RemoteEmbedderOptions {
  /** Whether the server is to shorten its vectors to `dimensions`. */
  request_dimensions: boolean
}

/** Embeds through `POST <base_url>/embeddings`, as OpenAI and many other servers have it. */
export class OpenAiEmbedder extends RemoteEmbedder {
  constructor(options: OpenAiEmbedderOptions) {
    super(options, openAiProtocol(options))
  }
}

function openAiProtocol({
  request_dimensions,
  dimensions,
}: Pick<OpenAiEmbedderOptions, "request_dimensions" | "dimensions">): EmbeddingProtocol {
  return {
    path: "/embeddings",
    request: (input, model) => ({
      model,
      input,
      encoding_format: "float",
      dimensions: request_dimensions ? dimensions : undefined,
    }),
    vectors: (answer) => inOrder((answer as { data?: unknown } | null)?.data),
  }
}

/** Each vector bears the position of its text; the order of the answer is nobody's promise. */
function inOrder(data: unknown): unknown {
  if (!Array.isArray(data)) {
    return undefined
  }
  const entries: ({ index?: number; embedding?: unknown } | null)[] = [...data]
  entries.sort((a, b) => (a?.index ?? 0) - (b?.index ?? 0))
  return entries.map((entry) => entry?.embedding)
}
