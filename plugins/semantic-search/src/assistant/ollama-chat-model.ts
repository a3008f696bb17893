import {
  AIMessage,
  HumanMessage,
  SystemMessage,
  type AIMessageChunk,
} from "@langchain/core/messages"
import { ChatOllama } from "@langchain/ollama"
import type { ChatMessage, ChatModel, ChatPiece, ChatRequest } from "./chat-model"
import { createOllamaProbe } from "./ollama-availability"
import type { OllamaTarget } from "./options"
import { createThinkingSplitter } from "./thinking"

export interface OllamaChatModelOptions extends OllamaTarget {
  /** Whether the model may think before it answers; without it, it is asked not to. */
  think: boolean
}

/**
 * The context that the prompt (some 2,000 tokens), the thoughts and the answer share. Said in each request,
 * since Ollama cuts what exceeds its own default, 2,048 in older versions, without a word.
 */
const CONTEXT_TOKENS = 4_096

/** What a model may think, in tokens, on top of the answer: small ones go round in circles. */
const THINKING_TOKENS = 1_200

/** Close to the facts, rather than colourful. */
const TEMPERATURE = 0.2

const MESSAGE_TYPES = { system: SystemMessage, user: HumanMessage, assistant: AIMessage }

/** A chat model on an Ollama server. */
export function createOllamaChatModel(options: OllamaChatModelOptions): ChatModel {
  const probe = createOllamaProbe(options)
  return {
    provider: "ollama",
    name: options.model,
    availability: async () => (await probe()).availability,
    async *stream(messages, request) {
      const thinks = options.think && (await probe()).thinks
      yield* streamAnswer(options, thinks, messages, request)
    },
  }
}

async function* streamAnswer(
  options: OllamaChatModelOptions,
  thinks: boolean,
  messages: ChatMessage[],
  { signal, maxTokens }: ChatRequest
): AsyncGenerator<ChatPiece> {
  const left = new AbortController()
  const ends = AbortSignal.any([signal, left.signal])
  const splitter = createThinkingSplitter({ held: thinks })
  let tokens = 0
  try {
    ends.throwIfAborted()
    const model = createModel(options, maxTokens + (thinks ? THINKING_TOKENS : 0), ends)
    for await (const chunk of await model.stream(messages.map(toLangChain))) {
      // The last chunk's, which holds no text.
      if (chunk.usage_metadata?.output_tokens) {
        const { input_tokens, output_tokens } = chunk.usage_metadata
        yield { type: "usage", inputTokens: input_tokens, outputTokens: output_tokens }
      }
      const { thought, text } = contentOf(chunk)
      if (thought) {
        // A server that parts thoughts from text itself sends no tags, so nothing needs holding back.
        yield* splitter.release()
        yield { type: "thinking", text: thought }
      }
      const pieces = splitter.push(text)
      yield* pieces
      tokens += pieces.some(({ type }) => type === "text") ? 1 : 0
      if (tokens >= maxTokens) {
        break
      }
    }
    ends.throwIfAborted()
    yield* splitter.end()
  } finally {
    left.abort()
  }
}

/**
 * One `ChatOllama` for one answer: `abort()` of its client ends all of the client's streams, those of other
 * shoppers as well. And the signal goes to `fetch` itself: LangChain looks at it only between two chunks,
 * so that a request would stay open for as long as the model loads or reads its prompt.
 */
function createModel(
  { baseUrl, model, keepAlive, think }: OllamaChatModelOptions,
  numPredict: number,
  ends: AbortSignal
): ChatOllama {
  return new ChatOllama({
    baseUrl,
    model,
    keepAlive,
    numPredict,
    numCtx: CONTEXT_TOKENS,
    temperature: TEMPERATURE,
    // Not `true`: a model that can't think answers that with a 400. Unset, those that can do.
    think: think ? undefined : false,
    fetch: async (url, init) => {
      const signal = init?.signal ? AbortSignal.any([ends, init.signal]) : ends
      const response = await fetch(url, { ...init, signal })
      if (!response.ok) {
        throw new Error(`Ollama answered ${response.status}: ${await response.text()}`)
      }
      return response
    },
  })
}

function toLangChain({ role, content }: ChatMessage): SystemMessage | HumanMessage | AIMessage {
  return new MESSAGE_TYPES[role](content)
}

function contentOf({ content, additional_kwargs }: AIMessageChunk): {
  thought: string
  text: string
} {
  const thought = additional_kwargs.reasoning_content
  return {
    thought: typeof thought === "string" ? thought : "",
    text: typeof content === "string" ? content : "",
  }
}
