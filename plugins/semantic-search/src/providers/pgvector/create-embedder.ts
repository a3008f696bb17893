import {
  type Embedder,
  embeddingModelId,
  FunctionEmbedder,
  OllamaEmbedder,
  OpenAiEmbedder,
  prefixMark,
  type RemoteEmbedderOptions,
  TransformersEmbedder,
} from "../../embedding"
import type { ResolvedEmbedder } from "./embedder-options"

/** Makes the embedder that the options name. Nothing is loaded before the first text. */
export function createEmbedder(options: ResolvedEmbedder): Embedder {
  switch (options.type) {
    case "function":
      return new FunctionEmbedder(options)
    case "transformers":
      return new TransformersEmbedder(options)
    case "ollama":
      return new OllamaEmbedder({ ...options, ...remote(options, options.headers) })
    case "openai": {
      const { api_key, headers, request_dimensions } = options
      const key: Record<string, string> = api_key ? { authorization: `Bearer ${api_key}` } : {}
      const shortened = request_dimensions ? [`${options.dimensions}d`] : []
      return new OpenAiEmbedder({
        ...options,
        ...remote(options, { ...key, ...headers }, shortened),
      })
    }
  }
}

type RemoteOptions = Extract<ResolvedEmbedder, { type: "ollama" | "openai" }>

/**
 * The id of a served model is made of what decides over the vectors, so that a change of it can't mix two
 * kinds of vectors; the server's address isn't among it.
 */
function remote(
  options: RemoteOptions,
  headers: Record<string, string>,
  further: string[] = []
): Pick<RemoteEmbedderOptions, "id" | "headers"> {
  const { model: name, document_prefix, max_characters } = options
  const mark = document_prefix ? [prefixMark(document_prefix)] : []
  const revision = options.revision ?? [`${max_characters}c`, ...further, ...mark].join("-")
  return { id: options.id ?? embeddingModelId({ name, revision }), headers }
}
