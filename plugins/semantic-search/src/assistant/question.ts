import { MedusaError } from "@medusajs/framework/utils"

/** What of AI SDK's `UIMessage` is read; parts of other types than text are passed over. */
export interface ShopperMessage {
  role: "user" | "assistant"
  parts: { type: string; text?: string }[]
}

/** A turn of the conversation. */
export interface Turn {
  role: "user" | "assistant"
  text: string
}

export interface Question {
  /** What the shopper asks now. */
  text: string
  /** What is searched for: the question, and the one before it where this one can't stand alone. */
  search: string
  /** The turns before it, oldest first. */
  history: Turn[]
}

export interface QuestionLimits {
  maxMessages: number
  /** In characters. */
  maxLength: number
}

/** Up to so many words ("and a cheaper one?"), a question is taken to lean on the one before it. */
const SHORT_QUESTION_WORDS = 4

/** An embedding model reads about 256 tokens; a longer text would only hit the search's own limit. */
const MAX_SEARCH_LENGTH = 500

/**
 * Reads the question out of a conversation.
 *
 * @throws MedusaError `invalid_data` that names the field: too many messages, no question at the end,
 *   an empty or too long one, or one with control characters
 */
export function readQuestion(
  messages: ShopperMessage[],
  { maxMessages, maxLength }: QuestionLimits
): Question {
  if (messages.length > maxMessages) {
    invalid(`"messages" holds ${messages.length} messages; the most is ${maxMessages}. Begin anew.`)
  }
  const last = messages[messages.length - 1]
  if (last?.role !== "user") {
    return invalid(`"messages" must end with a message of role "user"`)
  }
  const text = textOf(last).trim()
  const field = `messages.${messages.length - 1}.parts`
  if (!text) {
    invalid(`"${field}" holds no text; ask a question`)
  }
  if (text.length > maxLength) {
    invalid(`"${field}" has ${text.length} characters; the most is ${maxLength}`)
  }
  // Control characters mean nothing in a question, and Postgres refuses NUL.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) {
    invalid(`"${field}" holds control characters; remove them`)
  }
  const history = messages
    .slice(0, -1)
    .map((message): Turn => ({ role: message.role, text: withoutControls(textOf(message)) }))
    .filter((turn) => turn.text)
  return { text, search: searchText(text, history), history }
}

function searchText(question: string, history: Turn[]): string {
  const before = history.filter(({ role }) => role === "user").at(-1)?.text
  const leans = before && question.split(/\s+/).length <= SHORT_QUESTION_WORDS
  return cut(leans ? `${question} ${before}` : question, MAX_SEARCH_LENGTH)
}

/** Cuts a text at the end of a word, if there is one near the limit. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) {
    return text
  }
  const head = text.slice(0, limit)
  const end = head.lastIndexOf(" ")
  return (end > limit / 2 ? head.slice(0, end) : head).trimEnd()
}

function textOf({ parts }: ShopperMessage): string {
  return parts
    .filter(({ type }) => type === "text")
    .map(({ text }) => text ?? "")
    .join("\n")
}

function withoutControls(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim()
}

function invalid(message: string): never {
  throw new MedusaError(MedusaError.Types.INVALID_DATA, message)
}
