import { advance, type Font } from "./fonts"

/** How a text is set; lengths in multiples of its size. */
export interface TypeStyle {
  font: Font
  italic?: boolean
  upper?: boolean
  /** Space added after each letter. */
  tracking?: number
  /** From baseline to baseline. */
  leading: number
}

/** The space that a text has, in units of the page, and the sizes it may take. */
export interface TextSpace {
  width: number
  height: number
  maxSize: number
  maxLines: number
}

/** A text in lines that fit their space. */
export interface FittedText {
  lines: string[]
  size: number
  style: TypeStyle
  /** The widest line. */
  width: number
  /** From the top of the capitals of the first line to the descenders of the last. */
  height: number
}

/** Heights of capitals above the baseline and of descenders below it, in multiples of the size. */
export const CAP_HEIGHT = 0.71
export const DESCENT = 0.22

/** Below this size a text can't be read at any width of the cover; it is shortened instead. */
const MIN_SIZE = 11

/** A line that ends in one of these reads badly: the word belongs to the next one. */
const CLINGING = new Set(
  "a an the of and or in on to at for from with de la el los las le les des du un une der die das den und im am &".split(
    " "
  )
)

const isClinging = (text: string) => CLINGING.has(text.toLowerCase())

/** By how much wider a line counts that breaks badly: after a clinging word, and within a word. */
const CLINGING_COST = 1.25
const HYPHEN_COST = 1.3

/** Another line is worth it when the text grows by more than this. */
const LINE_COST = 1.05

/** A line such as a lone "The" counts as if it made the text smaller by this. */
const LONE_COST = 1.35

/** No cover shows more of a text than this, in characters, and no more entries of a list. */
const MAX_LENGTH = 300
const MAX_ENTRIES = 12

/** A piece of text that isn't broken, and what stands between it and the next on one line. */
interface Piece {
  text: string
  glue: "" | " "
}

/** The width of a line at a size. */
export function lineWidth(text: string, style: TypeStyle, size: number): number {
  return size * (advance(text, style.font) + (style.tracking ?? 0) * ([...text].length - 1))
}

/** Sets a text as large as its space allows, in lines of about the same length. */
export function fitText(text: string, style: TypeStyle, space: TextSpace): FittedText {
  return fitPieces(toPieces(text), style, space)
}

/** Like `fitText` for a list, such as names, that is broken between its entries only. */
export function fitList(entries: string[], style: TypeStyle, space: TextSpace): FittedText {
  const pieces = entries
    .slice(0, MAX_ENTRIES)
    .map((text) => ({ text: clip(text), glue: " " }) as const)
  return fitPieces(pieces, style, space)
}

function fitPieces(given: Piece[], style: TypeStyle, space: TextSpace): FittedText {
  const pieces = style.upper
    ? given.map(({ text, glue }) => ({ text: text.toUpperCase(), glue }))
    : given
  let best: { lines: string[]; size: number; merit: number } | undefined
  for (let count = 1; count <= Math.min(space.maxLines, pieces.length); count++) {
    const lines = balance(pieces, count, style)
    const size = fittingSize(lines, style, space)
    const merit = size / LINE_COST ** count / (lines.slice(0, -1).some(isClinging) ? LONE_COST : 1)
    if (!best || merit > best.merit) {
      best = { lines, size, merit }
    }
  }
  const { lines, size } = best ?? { lines: [], size: MIN_SIZE }
  if (size >= MIN_SIZE || !lines.length) {
    return measured(lines, style, size)
  }
  return measured(shorten(lines, style, space), style, MIN_SIZE)
}

function fittingSize(lines: string[], style: TypeStyle, space: TextSpace): number {
  const widest = Math.max(...lines.map((line) => lineWidth(line, style, 1)))
  return Math.min(space.maxSize, space.width / widest, space.height / heightOf(lines.length, style))
}

const heightOf = (lines: number, { leading }: TypeStyle) =>
  lines ? (lines - 1) * leading + CAP_HEIGHT + DESCENT : 0

function measured(lines: string[], style: TypeStyle, size: number): FittedText {
  return {
    lines,
    size,
    style,
    width: Math.max(0, ...lines.map((line) => lineWidth(line, style, size))),
    height: size * heightOf(lines.length, style),
  }
}

/** At the smallest size: as many lines as there is room for, each cut where the space ends. */
function shorten(lines: string[], style: TypeStyle, { width, height }: TextSpace): string[] {
  let room = lines.length
  while (room > 1 && heightOf(room, style) * MIN_SIZE > height) {
    room--
  }
  return lines.slice(0, room).map((line, i) => {
    const whole = i < room - 1 || room === lines.length
    const letters = [...line]
    const shown = () => letters.join("") + (whole && letters.length === [...line].length ? "" : "…")
    while (letters.length > 1 && lineWidth(shown(), style, MIN_SIZE) > width) {
      letters.pop()
    }
    return shown()
  })
}

function clip(text: string): string {
  const letters = [...text]
  return letters.length > MAX_LENGTH ? `${letters.slice(0, MAX_LENGTH).join("")}…` : text
}

/** Words, and the parts of words that have hyphens. */
function toPieces(text: string): Piece[] {
  return clip(text)
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => {
      const parts = word.split(/(?<=\p{L}{3}-)(?=\p{L}{3})/u)
      return parts.map(
        (part, i) => ({ text: part, glue: i < parts.length - 1 ? "" : " " }) as const
      )
    })
}

/** Breaks pieces into so many lines that the widest of them is as narrow as can be. */
export function balance(pieces: Piece[], count: number, style: TypeStyle): string[] {
  const tracking = style.tracking ?? 0
  const widthOf = (text: string) => advance(text, style.font) + tracking * [...text].length
  // ends[i]: where the i-th piece begins, and ends[i + 1], less its glue, where it ends, all in one line.
  const ends = [0]
  for (const { text, glue } of pieces) {
    ends.push(ends[ends.length - 1] + widthOf(text + glue))
  }
  const cost = (from: number, to: number) => {
    const width = ends[to] - ends[from] - widthOf(pieces[to - 1].glue) - tracking
    if (to === pieces.length) {
      return width
    }
    const { text, glue } = pieces[to - 1]
    const clings = isClinging(text)
    return width * (glue === "" ? HYPHEN_COST : clings ? CLINGING_COST : 1)
  }
  // widest[n][i]: the least cost of the first i pieces in n lines; cut[n][i]: where its last line begins.
  const widest = [[0, ...Array<number>(pieces.length).fill(Infinity)]]
  const cut: number[][] = [[]]
  for (let n = 1; n <= count; n++) {
    widest.push(Array<number>(pieces.length + 1).fill(Infinity))
    cut.push([])
    for (let end = n; end <= pieces.length; end++) {
      for (let start = n - 1; start < end; start++) {
        const worst = Math.max(widest[n - 1][start], cost(start, end))
        if (worst < widest[n][end]) {
          widest[n][end] = worst
          cut[n][end] = start
        }
      }
    }
  }
  const join = (from: number, to: number) =>
    pieces
      .slice(from, to)
      .map(({ text, glue }, i) => (from + i < to - 1 ? text + glue : text))
      .join("")
  const lines: string[] = []
  for (let n = count, end = pieces.length; n > 0; n--) {
    lines.unshift(join(cut[n][end], end))
    end = cut[n][end]
  }
  return lines
}
