import { describe, expect, it } from "vitest"
import { readPieces, splitBlocks } from "./citations"

const known = new Set([1, 2, 3])

describe("citations in an answer", () => {
  it("become links where they stand, and the words around them stay", () => {
    expect(readPieces("Take Moby-Dick [1] first.", known)).toEqual([
      { type: "text", text: "Take Moby-Dick " },
      { type: "citation", n: 1 },
      { type: "text", text: " first." },
    ])
  })

  it("are found side by side and in one pair of brackets", () => {
    expect(readPieces("[1][2]", known).map((piece) => piece.type)).toEqual(["citation", "citation"])
    expect(readPieces("[1, 3]", known)).toEqual([
      { type: "citation", n: 1 },
      { type: "citation", n: 3 },
    ])
  })

  it("never point at a book that wasn't found", () => {
    expect(readPieces("Try this [9].", known)).toEqual([
      { type: "text", text: "Try this " },
      { type: "text", text: "." },
    ])
  })

  it("leave other brackets alone", () => {
    expect(readPieces("the year [1851] and [sic]", known)).toEqual([
      { type: "text", text: "the year [1851] and [sic]" },
    ])
  })

  it("keep bold words, and no markup becomes markup by itself", () => {
    expect(readPieces("**Emma** <b>x</b>", known)).toEqual([
      { type: "strong", text: "Emma" },
      { type: "text", text: " <b>x</b>" },
    ])
  })
})

describe("blocks of an answer", () => {
  it("are paragraphs and list items", () => {
    expect(splitBlocks("Two books:\n\n- One [1]\n- Two [2]\n\nEnjoy.")).toEqual([
      { type: "paragraph", text: "Two books:" },
      { type: "item", text: "One [1]" },
      { type: "item", text: "Two [2]" },
      { type: "paragraph", text: "Enjoy." },
    ])
  })

  it("hold a mark back until it has arrived whole", () => {
    expect(splitBlocks("Take this [", true)).toEqual([{ type: "paragraph", text: "Take this" }])
    expect(splitBlocks("Take this [1", true)).toEqual([{ type: "paragraph", text: "Take this" }])
    expect(splitBlocks("Take this [1]", true)).toEqual([
      { type: "paragraph", text: "Take this [1]" },
    ])
    expect(splitBlocks("Take **Mob", true)).toEqual([{ type: "paragraph", text: "Take" }])
    expect(splitBlocks("Take **Emma** ", true)).toEqual([
      { type: "paragraph", text: "Take **Emma**" },
    ])
  })

  it("show everything once nothing more comes", () => {
    expect(splitBlocks("Take this [")).toEqual([{ type: "paragraph", text: "Take this [" }])
  })

  it("stay the same in front while the end grows", () => {
    const before = splitBlocks("First.\n\nSec", true)
    const after = splitBlocks("First.\n\nSecond [1].", true)
    expect(after[0]).toEqual(before[0])
  })
})
