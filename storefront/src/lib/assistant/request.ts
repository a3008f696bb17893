import type { AssistantMessage } from "./message"

/** So many messages back the assistant is told of; "the second one" refers no further. */
const TOLD_MESSAGES = 10

/** What `POST /store/assistant` takes. */
export interface AssistantRequest {
  id: string
  messages: { id: string; role: string; parts: { type: "text"; text: string }[] }[]
  region_id?: string
  currency_code?: string
  locale: string
}

/**
 * What is sent of a conversation: its last messages, and of them the words. Books, thoughts and states
 * came from the backend; it needs none of them back.
 */
export function assistantRequest(
  id: string,
  messages: AssistantMessage[],
  region: { id: string; currency: string } | undefined
): AssistantRequest {
  return {
    id,
    messages: messages
      .map((message) => ({
        id: message.id,
        role: message.role,
        parts: message.parts.flatMap((part) =>
          part.type === "text" ? { type: "text" as const, text: part.text } : []
        ),
      }))
      .filter(({ parts }) => parts.length)
      .slice(-TOLD_MESSAGES),
    region_id: region?.id,
    currency_code: region?.currency,
    locale: "en",
  }
}
