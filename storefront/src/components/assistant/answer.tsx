import { type AssistantMessage, readAnswer } from "@/lib/assistant/message"
import { BookCard } from "./book-card"
import { cardId, CitedText } from "./cited-text"
import { Thinking } from "./thinking"

interface AnswerProps {
  message: AssistantMessage
  /** Whether more of it may come. */
  streaming: boolean
  currency: string | undefined
  onFollow: () => void
}

/** One answer: the books first, since they are there first, then what the bookseller says of them. */
export function Answer({ message, streaming, currency, onFollow }: AnswerProps) {
  const { hits, status, reasoning, text, cited } = readAnswer(message)
  const thinking = streaming && !text

  return (
    <div className="space-y-4">
      {hits.length > 0 && (
        <ol aria-label="Books found" className="divide-y divide-rule border-y border-rule">
          {hits.map((hit) => (
            <li key={hit.id}>
              <BookCard
                hit={hit}
                id={cardId(message.id, hit.n)}
                currency={currency}
                faded={Boolean(cited?.length && !cited.includes(hit.n))}
                onFollow={onFollow}
              />
            </li>
          ))}
        </ol>
      )}
      {status?.message && (
        <p className="border-l-2 border-cloth pl-3 text-sm text-soft">{status.message}</p>
      )}
      <Thinking text={reasoning} busy={thinking && status?.state !== "retrieval_only"} />
      {text && (
        <CitedText
          text={text}
          known={hits.map(({ n }) => n).join()}
          messageId={message.id}
          streaming={streaming}
        />
      )}
    </div>
  )
}
