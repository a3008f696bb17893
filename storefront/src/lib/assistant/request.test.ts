import { describe, expect, it } from "vitest"
import type { AssistantMessage } from "./message"
import { assistantRequest } from "./request"

const message = (role: string, ...parts: unknown[]) =>
  ({ id: role, role, parts }) as unknown as AssistantMessage

const text = (words: string) => ({ type: "text", text: words, state: "done" })

describe("assistantRequest", () => {
  it("sends the words of a conversation and where the shopper buys", () => {
    const messages = [
      message("user", text("Something with whales?")),
      message(
        "assistant",
        { type: "data-hits", data: {} },
        { type: "reasoning", text: "Hm." },
        text("Take [1].")
      ),
    ]
    expect(assistantRequest("chat", messages, { id: "reg_1", currency: "eur" })).toEqual({
      id: "chat",
      messages: [
        { id: "user", role: "user", parts: [{ type: "text", text: "Something with whales?" }] },
        { id: "assistant", role: "assistant", parts: [{ type: "text", text: "Take [1]." }] },
      ],
      region_id: "reg_1",
      currency_code: "eur",
      locale: "en",
    })
  })

  it("leaves out an answer that was stopped before its first word", () => {
    const messages = [message("user", text("A")), message("assistant", { type: "data-hits" })]
    expect(assistantRequest("chat", messages, undefined).messages).toHaveLength(1)
  })

  it("keeps the end of a long conversation", () => {
    const messages = Array.from({ length: 40 }, (_, i) => message("user", text(String(i))))
    const sent = assistantRequest("chat", messages, undefined).messages
    expect(sent.length).toBeLessThan(40)
    expect(sent.at(-1)?.parts[0]?.text).toBe("39")
  })
})
