export interface CitationChecker {
  /** Takes the next piece of the answer; answers what is decided by now, its citations checked. */
  push(text: string): string
  /** The answer has ended; answers what was held back. A citation that was cut off is dropped. */
  end(): string
  /** The numbers that stand in what was answered, in the order of their first mention. */
  cited(): number[]
}

/**
 * Lets only citations of retrieved products through: `[2]` stays when 2 is one of them, and goes, with the
 * blank before it, when it isn't. `[1, 2]` becomes `[1] [2]`. However the text is cut into pieces, the
 * result is the same: an open bracket is held back until it is decided.
 */
export function createCitationChecker(known: Iterable<number>): CitationChecker {
  const allowed = new Set(known)
  const cited = new Set<number>()
  // Blanks, and a bracket with its numbers, that may turn out to be a citation: `  [1, `.
  let blanks = ""
  let bracket: string | undefined

  const step = (character: string): string => {
    if (bracket === undefined) {
      return outside(character)
    }
    if (/[\d\s,;]/.test(character)) {
      bracket += character
      return ""
    }
    return character === "]" ? close() : notACitation(character)
  }
  const outside = (character: string): string => {
    if (character === "[") {
      bracket = "["
      return ""
    }
    if (character === " ") {
      blanks += character
      return ""
    }
    return flushBlanks() + character
  }
  const close = (): string => {
    const body = bracket!.slice(1)
    bracket = undefined
    const numbers = body.match(/\d+/g)?.map(Number)
    if (!numbers) {
      return `${flushBlanks()}[${body}]`
    }
    const kept = [...new Set(numbers)].filter((number) => allowed.has(number))
    if (!kept.length) {
      blanks = ""
      return ""
    }
    kept.forEach((number) => cited.add(number))
    return flushBlanks() + kept.map((number) => `[${number}]`).join(" ")
  }
  const notACitation = (character: string): string => {
    const opened = bracket!
    bracket = undefined
    // "[5[9]7]" would become "[57]" once its inner citation went, so the outer bracket goes as well.
    const before = flushBlanks() + (character === "[" ? opened.slice(1) : opened)
    return before + outside(character)
  }
  const flushBlanks = (): string => {
    const held = blanks
    blanks = ""
    return held
  }

  return {
    push: (text) => [...text].map(step).join(""),
    end() {
      const rest =
        bracket !== undefined && /\d/.test(bracket) ? "" : flushBlanks() + (bracket ?? "")
      blanks = ""
      bracket = undefined
      return rest
    },
    cited: () => [...cited],
  }
}
