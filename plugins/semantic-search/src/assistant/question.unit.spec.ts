import { cut, readQuestion, type ShopperMessage } from "./question"

const LIMITS = { maxMessages: 5, maxLength: 100 }

const says = (role: ShopperMessage["role"], text: string): ShopperMessage => ({
  role,
  parts: [{ type: "text", text }],
})

describe("readQuestion", () => {
  it("reads the latest question and the turns before it", () => {
    const question = readQuestion(
      [
        says("user", "A sea story?"),
        says("assistant", "Moby-Dick [1]"),
        says("user", " And\nfor a child of ten? "),
      ],
      LIMITS
    )
    expect(question).toEqual({
      text: "And\nfor a child of ten?",
      search: "And\nfor a child of ten?",
      history: [
        { role: "user", text: "A sea story?" },
        { role: "assistant", text: "Moby-Dick [1]" },
      ],
    })
  })

  it("searches a short question together with the one before it", () => {
    const messages = [
      says("user", "A gentle mystery"),
      says("assistant", "…"),
      says("user", "a shorter one?"),
    ]
    expect(readQuestion(messages, LIMITS).search).toBe("a shorter one? A gentle mystery")
  })

  it("passes over the products that an earlier answer showed", () => {
    const shown = {
      role: "assistant" as const,
      parts: [{ type: "data-hits" }, { type: "text", text: "Emma" }],
    }
    expect(readQuestion([shown, says("user", "Why that?")], LIMITS).history).toEqual([
      { role: "assistant", text: "Emma" },
    ])
  })

  it.each<[string, ShopperMessage[], RegExp]>([
    ["an empty question", [says("user", " \n ")], /"messages\.0\.parts" holds no text/],
    [
      "too long a question",
      [says("user", "x".repeat(101))],
      /"messages\.0\.parts" has 101 characters/,
    ],
    [
      "control characters",
      [says("user", "a\u0000b")],
      /"messages\.0\.parts" holds control characters/,
    ],
    ["too many messages", Array(6).fill(says("user", "a")), /"messages" holds 6 messages/],
    [
      "no question at the end",
      [says("assistant", "Hello")],
      /must end with a message of role "user"/,
    ],
  ])("refuses %s and names the field", (_, messages, message) => {
    expect(() => readQuestion(messages, LIMITS)).toThrow(
      expect.objectContaining({ type: "invalid_data", message: expect.stringMatching(message) })
    )
  })
})

describe("cut", () => {
  it("ends at a word", () => {
    expect(cut("a captain obsessed with a whale", 12)).toBe("a captain")
  })

  it("cuts a text without blanks all the same", () => {
    expect(cut("x".repeat(20), 12)).toHaveLength(12)
  })
})
