import fc from "fast-check"
import { textQuery } from "./text-query"

describe("textQuery", () => {
  it("writes nothing of the text into the statement", () => {
    const strategies = fc.constantFrom("all" as const, "any" as const, "last" as const)
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), strategies, (text, strategy) => {
        const { sql, values } = textQuery(text, strategy, "english")
        const words = text.match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu) ?? []
        const harmless = words.map(() => "word").join(" ")
        expect(sql).toBe(textQuery(harmless, strategy, "english").sql)
        expect(values).toEqual(expect.arrayContaining(words))
      })
    )
  })

  it("joins words by what the strategy asks", () => {
    const config = "'semantic_search_english'::regconfig"
    expect(textQuery("white whale", "all", "english").sql).toBe(
      `(plainto_tsquery(${config}, ?) && plainto_tsquery(${config}, ?))`
    )
    expect(textQuery("white whale", "any", "english").sql).toContain(" || ")
  })

  it("has only the last word be a beginning", () => {
    const { sql } = textQuery("white wha", "last", "english")
    const [first, last] = sql.split(" && ")
    expect(first).not.toContain(":*")
    expect(last).toContain(":*")
  })

  it("has a misspelt word stand for its corrections as well, however it was written", () => {
    const corrections = new Map([["hitchiker", ["hitchhiker", "hiker"]]])
    const { sql, values } = textQuery("HITCHIKER's guide", "all", "english", corrections)
    expect(values).toEqual(["HITCHIKER's", "hitchhiker", "hiker", "guide"])
    expect(sql).toMatch(/^\(\(.* \|\| .* \|\| .*\) && .*\)$/)
  })

  it.each(["", " … !?", "-"])("matches nothing for “%s”", (text) => {
    expect(textQuery(text, "any", "english").sql).toBe("''::tsquery")
  })
})
