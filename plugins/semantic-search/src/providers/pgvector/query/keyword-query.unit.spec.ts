import fc from "fast-check"
import { dimensionOf } from "../ranking/bm25f"
import { keywordQuery, sufficient } from "./keyword-query"
import type { QueryWord } from "./query-words"

function word(stem: string, documents = 10, more: Partial<QueryWord> = {}): QueryWord {
  return {
    word: stem,
    alternatives: [{ forms: [stem], stems: [{ stem, documents }] }],
    completions: [],
    corrections: [],
    known: true,
    ...more,
  }
}

const match = (words: QueryWord[], strategy: Parameters<typeof keywordQuery>[1]) =>
  keywordQuery(words, strategy, 1_000)?.tsquery

describe("keywordQuery", () => {
  it("is nothing without words", () => {
    expect(keywordQuery([], "most", 1_000)).toBeUndefined()
  })

  it("joins words by what the strategy asks", () => {
    const words = [word("white"), word("whale")]
    expect(match(words, "all")).toBe("'white' & 'whale'")
    expect(match(words, "any")).toBe("'white' | 'whale'")
    expect(match(words, "last")).toBe("'white' & 'whale':*")
  })

  it("is content with the rare one of two words, and wants both where they are alike", () => {
    expect(match([word("book", 900), word("tolkien", 3)], "most")).toBe("('tolkien')")
    expect(match([word("white"), word("whale")], "most")).toBe("('white' & 'whale')")
  })

  it("doesn't ask for words that no document holds, unless there is no other", () => {
    expect(match([word("xyzzy", 0, { known: false }), word("whale")], "most")).toBe("('whale')")
    expect(match([word("xyzzy", 0, { known: false })], "most")).toBe("'xyzzy'")
  })

  it("has a misspelt word stand for its corrections as well", () => {
    const misspelt = word("hitchik", 0, {
      alternatives: [
        { forms: ["hitchiker"], stems: [{ stem: "hitchik", documents: 0 }] },
        { forms: ["hitchhiker"], stems: [{ stem: "hitchhik", documents: 2 }], corrected: true },
      ],
      corrections: ["hitchhiker"],
    })
    expect(match([misspelt, word("guide")], "all")).toBe("('hitchik' | 'hitchhik') & 'guide'")
  })

  it("weighs a correction less, in however many languages it and the word stand", () => {
    const weights = (corrected: boolean) => {
      const form = (stem: string) => ({ forms: [stem], stems: [{ stem, documents: 2 }] })
      const meant = (stem: string) => ({ ...form(stem), ...(corrected ? { corrected } : {}) })
      const misspelt = word("whalez", 0, {
        alternatives: [form("walz"), form("whalez"), meant("wal"), meant("whale")],
        corrections: ["whale"],
      })
      const { weights } = keywordQuery([misspelt], "most", 1_000)!
      return new Map(
        weights
          .slice(1, weights.indexOf("}"))
          .split(",")
          .map((element) => {
            const [dimension, weight] = element.split(":")
            return [Number(dimension), Number(weight)] as const
          })
      )
    }
    const [typed, meant] = [weights(false), weights(true)]
    for (const stem of ["walz", "whalez", "wal", "whale"]) {
      const factor = ["wal", "whale"].includes(stem) ? 0.8 : 1
      const dimension = dimensionOf(stem)
      expect(meant.get(dimension)! / typed.get(dimension)!).toBeCloseTo(factor)
    }
  })

  it("completes the last word to the stems of what it may become", () => {
    const last = word("universi", 0, { completions: [{ stem: "univers", documents: 4 }] })
    expect(match([last], "last")).toBe("('universi':* | 'univers')")
  })

  it("keeps text text", () => {
    expect(match([word("d'artagnan\\")], "all")).toBe("'d''artagnan\\\\'")
  })

  it("can't be scored above its ceiling by a word that stands alone", () => {
    const { ceiling } = keywordQuery([word("whale", 3)], "most", 1_000)!
    expect(ceiling).toBeGreaterThan(0)
    const more = keywordQuery([word("whale", 3), word("white", 3)], "most", 1_000)!
    expect(more.ceiling).toBeCloseTo(2 * ceiling)
  })
})

describe("sufficient", () => {
  const weights = fc
    .array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 1, maxLength: 6 })
    .map((values) => values.sort((a, b) => b - a))

  it("finds sets that are enough, of which no part is", () => {
    fc.assert(
      fc.property(weights, fc.constantFrom(0.3, 0.5, 0.8, 1), (all, share) => {
        const needed = share * all.reduce((sum, weight) => sum + weight, 0) - 1e-9
        const sets = sufficient(all, share)
        expect(sets.length).toBeGreaterThan(0)
        for (const set of sets) {
          const sum = set.reduce((total, i) => total + all[i], 0)
          expect(sum).toBeGreaterThanOrEqual(needed)
          for (const i of set) {
            expect(sum - all[i]).toBeLessThan(needed + 1e-6)
          }
        }
      })
    )
  })
})
