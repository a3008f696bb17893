import type { ChatStatus } from "ai"
import { type AssistantMessage, readAnswer } from "@/lib/assistant/message"
import { countBooks } from "@/lib/format/book-facts"

/**
 * Says to a screen reader what happens, once a step and not once a token: that books were found, and
 * that the answer is there.
 */
export function Announcer({
  messages,
  status,
}: {
  messages: AssistantMessage[]
  status: ChatStatus
}) {
  return (
    <p role="status" className="sr-only">
      {announcement(messages.at(-1), status)}
    </p>
  )
}

function announcement(last: AssistantMessage | undefined, status: ChatStatus): string {
  if (status === "submitted") {
    return "Looking along the shelves."
  }
  if (last?.role !== "assistant") {
    return ""
  }
  const { hits, text } = readAnswer(last)
  if (status === "streaming") {
    return hits.length ? `${countBooks(hits.length)} found. The bookseller is writing.` : ""
  }
  return text ? "The answer is complete." : ""
}
