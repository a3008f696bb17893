import { memo } from "react"
import { readPieces, splitBlocks } from "@/lib/assistant/citations"

interface CitedTextProps {
  text: string
  /** Numbers of the books that were found, as text: "1,2,3" is the same at each draw, a set isn't. */
  known: string
  messageId: string
  streaming: boolean
}

/** The id of the card that a number in an answer points at. */
export const cardId = (messageId: string, n: number) => `${messageId}-book-${n}`

/** An answer with its [n] as links to the cards. Blocks that are finished aren't drawn again. */
export function CitedText({ text, known, messageId, streaming }: CitedTextProps) {
  return (
    <div className="space-y-3 font-serif text-lg leading-normal">
      {splitBlocks(text, streaming).map((block, i) => (
        <CitedBlock key={i} {...block} known={known} messageId={messageId} />
      ))}
    </div>
  )
}

interface CitedBlockProps extends Omit<CitedTextProps, "streaming"> {
  type: "paragraph" | "item"
}

const CitedBlock = memo(function CitedBlock({ type, text, known, messageId }: CitedBlockProps) {
  const numbers = new Set(known.split(",").filter(Boolean).map(Number))
  return (
    <p className={type === "item" ? "border-l-2 border-rule pl-3" : undefined}>
      {readPieces(text, numbers).map((piece, i) => {
        switch (piece.type) {
          case "strong":
            return <strong key={i}>{piece.text}</strong>
          case "citation":
            return <Citation key={i} n={piece.n} target={cardId(messageId, piece.n)} />
          default:
            return piece.text
        }
      })}
    </p>
  )
})

function Citation({ n, target }: { n: number; target: string }) {
  return (
    <a
      href={`#${target}`}
      aria-label={`Book ${n}`}
      onClick={(event) => {
        event.preventDefault()
        document.getElementById(target)?.focus()
      }}
      className="inline-block rounded-xs bg-wash px-1.5 font-sans text-xs leading-5 font-semibold text-cloth tabular-nums hover:bg-cloth hover:text-on-cloth"
    >
      {n}
    </a>
  )
}
