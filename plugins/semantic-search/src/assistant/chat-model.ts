/** A turn of the conversation, as a model reads it. */
export interface ChatMessage {
  role: "system" | "user" | "assistant"
  content: string
}

/** A piece of what a model writes: of its answer or of its thoughts. */
export interface ChatText {
  type: "text" | "thinking"
  text: string
}

/** How many tokens the model read and wrote, at the end, where its server tells. */
export interface ChatUsage {
  type: "usage"
  inputTokens: number
  outputTokens: number
}

/** A piece of an answer. Thoughts come apart from what is meant for the shopper. */
export type ChatPiece = ChatText | ChatUsage

/** Whether a model can be asked, and if not, why: "no_model" none answers, "model_missing" not there. */
export type ChatAvailability =
  { available: true } | { available: false; reason: "no_model" | "model_missing"; message: string }

export interface ChatRequest {
  /** Ends the request at once, at the server too; the iteration then throws the signal's reason. */
  signal: AbortSignal
  /** The longest text, in tokens. Thoughts don't count. */
  maxTokens: number
}

/**
 * A language model that writes answers. One instance serves all shoppers; what one of them does, such
 * as leaving, never touches another's answer.
 */
export interface ChatModel {
  /** What serves it, as OpenTelemetry names it: "ollama". */
  readonly provider: string
  /** What the provider calls it. */
  readonly name: string
  /** Quick, and never throws; asked before each answer. `message` is for the operator, not the shopper. */
  availability(): Promise<ChatAvailability>
  /**
   * Writes an answer, piece by piece. Leaving the loop ends the request as the signal does.
   *
   * @throws when the server fails, or cuts the answer off
   */
  stream(messages: ChatMessage[], request: ChatRequest): AsyncIterable<ChatPiece>
}
