import type { ChatStatus } from "ai"
import type { AssistantMessage } from "@/lib/assistant/message"
import { Answer } from "./answer"
import { useFollowedEnd } from "./use-followed-end"
import { Welcome } from "./welcome"

interface ConversationProps {
  messages: AssistantMessage[]
  status: ChatStatus
  error: Error | undefined
  currency: string | undefined
  onAsk: (question: string) => void
  onRetry: () => void
  onFollow: () => void
}

/** What was asked and answered so far. */
export function Conversation(props: ConversationProps) {
  const { messages, status, error, currency, onAsk, onRetry, onFollow } = props
  const { box, onScroll } = useFollowedEnd(messages)

  return (
    <div
      ref={box}
      onScroll={onScroll}
      className="flex-1 space-y-6 overflow-y-auto overscroll-contain p-5"
    >
      {messages.length === 0 && <Welcome onAsk={onAsk} />}
      {messages.map((message, i) =>
        message.role === "user" ? (
          <p key={message.id} className="font-serif text-2xl leading-tight tracking-tight">
            {message.parts.map((part) => (part.type === "text" ? part.text : "")).join("")}
          </p>
        ) : (
          <Answer
            key={message.id}
            message={message}
            streaming={status === "streaming" && i === messages.length - 1}
            currency={currency}
            onFollow={onFollow}
          />
        )
      )}
      {status === "submitted" && <p className="text-sm text-soft">Looking along the shelves …</p>}
      {error && (
        <div role="alert" className="border-l-2 border-alarm pl-3 text-sm">
          <p>{problemOf(error)}</p>
          <button type="button" onClick={onRetry} className="link mt-1 font-semibold">
            Ask again
          </button>
        </div>
      )}
    </div>
  )
}

/** The sentence in an error of the route, which comes as JSON; anything else is a broken line. */
function problemOf({ message }: Error): string {
  try {
    const body = JSON.parse(message) as { message?: string }
    return body.message ?? message
  } catch {
    return "The answer broke off. The connection may have been lost."
  }
}
