/** A piece of a line of an answer. */
export type Piece =
  | { type: "text"; text: string }
  | { type: "strong"; text: string }
  | { type: "citation"; n: number }

/** A paragraph, or an item of a list, of an answer. */
export interface Block {
  type: "paragraph" | "item"
  text: string
}

/** "[1]", "[1, 2]", and bold. Everything else that a model may write stays what it is: text. */
const MARKS = /\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]|\*\*([^*\n]+)\*\*/g

/** A citation that has only begun to arrive: "[", "[1", "[1, ". */
const HALF_CITATION = /\[[\d,\s]{0,8}$/

const LIST_MARK = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/

/**
 * Splits an answer into blocks. Blocks before the last don't change while the rest is still arriving,
 * so they needn't be drawn again.
 *
 * @param streaming whether more text may come: a mark that has only begun is held back until it is whole
 */
export function splitBlocks(text: string, streaming = false): Block[] {
  const whole = streaming ? withoutHalfMark(text) : text
  return whole
    .split(/\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,2}[.)])\s)/)
    .map((block): Block => ({
      type: LIST_MARK.test(block) ? "item" : "paragraph",
      text: block.replace(LIST_MARK, "").trim(),
    }))
    .filter(({ text }) => text)
}

/**
 * Finds the citations in a block. Only numbers of books that were found become citations; a number
 * that the model made up is dropped, since it would point at nothing.
 *
 * @param known the numbers of the books that were found
 */
export function readPieces(text: string, known: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(MARKS)) {
    pushText(pieces, text.slice(end, match.index))
    end = match.index + match[0].length
    if (match[2]) {
      pieces.push({ type: "strong", text: match[2] })
    }
    for (const n of (match[1] ?? "").split(",").map(Number)) {
      if (known.has(n)) {
        pieces.push({ type: "citation", n })
      }
    }
  }
  pushText(pieces, text.slice(end))
  return pieces
}

/** Cuts a mark off that has only begun: "[1", or "**Mob" whose other "**" is still to come. */
function withoutHalfMark(text: string): string {
  const pairs = text.split("**")
  const even = pairs.length % 2 === 1
  return (even ? text : pairs.slice(0, -1).join("**")).replace(HALF_CITATION, "")
}

function pushText(pieces: Piece[], text: string): void {
  if (text) {
    pieces.push({ type: "text", text })
  }
}
