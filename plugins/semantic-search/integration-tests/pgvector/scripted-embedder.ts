/** Components of a scripted vector: one a theme, the rest for words of no theme. */
export const DIMENSIONS = 32

/** Words of one theme mean the same; this is what tests steer meaning by. */
const THEMES = [
  ["whale", "ocean", "captain", "ship", "sailor", "harpoon"],
  ["robot", "android", "machine", "automaton"],
  ["murder", "detective", "crime", "corpse"],
  ["love", "romance", "wedding", "kiss"],
  ["garden", "flower", "rose", "orchard"],
  ["dragon", "wizard", "sword", "spell"],
  ["cooking", "recipe", "kitchen", "soup"],
  ["war", "soldier", "battle", "trench"],
]

const THEME_OF = new Map(
  THEMES.flatMap((words, theme) => words.map((word) => [word, theme] as const))
)

/** How much a word of no theme counts: enough to tell texts apart, too little to be a meaning. */
const OTHER_WORD = 0.05

/** Two texts of one theme are nearer than the ceiling, two of different themes farther than the floor. */
export const SIMILARITY = { floor: 0.4, ceiling: 0.9 }

export const MODEL_ID = "bag-of-words@1"

/** A bag of words: the same text has the same vector, of length 1 and never zero. */
export function bagOfWords(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0)
  // A text without a word has a direction too, far from all themes.
  vector[DIMENSIONS - 1] = OTHER_WORD
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const theme = THEME_OF.get(word)
    if (theme === undefined) {
      vector[THEMES.length + (hash(word) % (DIMENSIONS - THEMES.length - 1))] += OTHER_WORD
    } else {
      vector[theme] += 1
    }
  }
  const length = Math.hypot(...vector)
  return vector.map((component) => component / length)
}

function hash(word: string): number {
  return [...word].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 1_000_003, 7)
}

type Behaviour = "answer" | "fail" | "hang"

/** An embedder function that does as it is told, and notes what it is asked. */
export class ScriptedEmbedder {
  /** The texts that it was asked to embed, in order. */
  readonly calls: string[] = []
  /** Texts that can't be embedded, however often it is tried. */
  readonly poison = new Set<string>()
  behaviour: Behaviour = "answer"
  private readonly waiting_: (() => void)[] = []

  /** The provider's option. */
  options() {
    return {
      type: "function" as const,
      id: MODEL_ID,
      dimensions: DIMENSIONS,
      similarity: SIMILARITY,
      // All that a test lets hang is to be seen at once.
      concurrency: 100,
      embed: (text: string) => this.embed(text),
    }
  }

  /** Lets the calls that hang go on. */
  release(): void {
    this.behaviour = "answer"
    this.waiting_.splice(0).forEach((resume) => resume())
  }

  private async embed(text: string): Promise<number[]> {
    this.calls.push(text)
    if (this.behaviour === "fail") {
      throw new Error("the model server is down")
    }
    if (this.behaviour === "hang") {
      await new Promise<void>((resolve) => this.waiting_.push(resolve))
    }
    // A vector of the wrong length is how a function says that this very text is no good.
    return this.poison.has(text) ? [] : bagOfWords(text)
  }
}
