import fc from "fast-check"
import type { ChatText } from "./chat-model"
import { createThinkingSplitter } from "./thinking"

function split(pieces: string[], options?: { held?: boolean }): Record<ChatText["type"], string> {
  const splitter = createThinkingSplitter(options)
  const out = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()]
  const joined = (type: ChatText["type"]) =>
    out.flatMap((piece) => (piece.type === type ? piece.text : [])).join("")
  return { text: joined("text"), thinking: joined("thinking") }
}

describe("the thinking splitter", () => {
  it("keeps thoughts out of the text when tags are split over pieces", () => {
    expect(split(["<thi", "nk>She wants", " space.</", "think>\n\nIron", " Orbit [2]"])).toEqual({
      thinking: "She wants space.",
      text: "Iron Orbit [2]",
    })
  })

  it("takes what comes before a lone closing tag for a thought, where the model is known to think", () => {
    expect(split(["She wants", " space.</th", "ink>\nIron Orbit"], { held: true })).toEqual({
      thinking: "She wants space.",
      text: "Iron Orbit",
    })
  })

  it("lets the whole text through at the end when a thinking model didn't think", () => {
    expect(split(["Iron ", "Orbit"], { held: true })).toEqual({ thinking: "", text: "Iron Orbit" })
  })

  it("streams again as soon as thoughts turn out to come apart from the text", () => {
    const splitter = createThinkingSplitter({ held: true })
    splitter.release()
    expect(splitter.push("Iron ")).toEqual([{ type: "text", text: "Iron " }])
  })

  it("never shows a tag that nothing opened", () => {
    expect(split(["Iron </think>Orbit"]).text).toBe("Iron Orbit")
  })

  it("leaves what only looks like a tag", () => {
    expect(split(["a < b <th", "ing> c <"]).text).toBe("a < b <thing> c <")
  })

  it("gives the same however the text is cut", () => {
    const fragment = fc.constantFrom(
      "<think>",
      "</think>",
      "<",
      "think>",
      "</",
      "a",
      " ",
      "\n",
      "é"
    )
    fc.assert(
      fc.property(
        fc.array(fragment),
        fc.array(fc.nat(8)),
        fc.boolean(),
        (fragments, sizes, held) => {
          const whole = fragments.join("")
          const cut = cutAt(whole, sizes)
          expect(split(cut, { held })).toEqual(split([whole], { held }))
        }
      )
    )
  })
})

function cutAt(text: string, sizes: number[]): string[] {
  const pieces: string[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(text.slice(at, at + size))
    at += size
  }
  return [...pieces, text.slice(at)]
}
