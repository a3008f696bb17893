import { describe, expect, it } from "vitest"
import { type AssistantMessage, readAnswer } from "./message"

const message = (parts: unknown[]) =>
  ({ id: "m", role: "assistant", parts }) as unknown as AssistantMessage

describe("readAnswer", () => {
  it("has the books before there is a word of text", () => {
    const hits = [{ n: 1, id: "prod_1", document: { id: "prod_1", handle: "emma", title: "Emma" } }]
    const answer = readAnswer(message([{ type: "data-hits", data: { query: "q", hits } }]))
    expect(answer.hits).toEqual(hits)
    expect(answer.text).toBe("")
    expect(answer.cited).toBeUndefined()
  })

  it("sets texts apart as paragraphs, keeps thinking apart and lets the last status count", () => {
    const answer = readAnswer(
      message([
        { type: "data-status", data: { state: "generating" } },
        { type: "reasoning", text: "Let me see." },
        { type: "text", text: "Take Dune [1]" },
        { type: "text", text: "The closest match is Dune [1]." },
        { type: "data-status", data: { state: "done" } },
        { type: "data-citations", data: { citations: [{ n: 1, id: "prod_1" }] } },
      ])
    )
    expect(answer).toMatchObject({
      text: "Take Dune [1]\n\nThe closest match is Dune [1].",
      reasoning: "Let me see.",
      status: { state: "done" },
      cited: [1],
    })
  })

  it("passes over parts that it doesn't know", () => {
    expect(readAnswer(message([{ type: "step-start" }])).text).toBe("")
  })
})
