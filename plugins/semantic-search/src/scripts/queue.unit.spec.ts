import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import queue from "./queue"

const ID = "0123456789abcdef0123456789abcdef"
const OTHER = ID.replaceAll("0", "f")

let calls: unknown[][]

const service = {
  listQueue: async (page: unknown) => {
    calls.push(["list", page])
    const text = { id: ID, text: "a text\nof two lines", attempts: 5, documents: ["prod_1"] }
    return { texts: [{ ...text, last_error: "it failed" }], count: 101 }
  },
  replayFailed: async (ids?: string[]) => {
    calls.push(["replay", ids])
    return 2
  },
  discardFailed: async (ids: string[]) => {
    calls.push(["discard", ids])
    return ids.length
  },
}

/** Runs the script as `medusa exec` does, and answers with what it prints. */
async function run(...args: string[]): Promise<string> {
  const log = jest.spyOn(console, "log").mockImplementation(() => {})
  const container = { resolve: (name: string) => ({ [SEMANTIC_SEARCH_MODULE]: service })[name] }
  try {
    await queue({ container, args } as never)
    return log.mock.calls.flat().join("\n")
  } finally {
    log.mockRestore()
  }
}

beforeEach(() => (calls = []))

describe("the queue's script", () => {
  it("lists what was set aside, with id, documents and error", async () => {
    expect(await run()).toBe(
      `101 text(s) failed, of which the first 1 are shown\n\n${ID}  5 attempt(s)  prod_1\n  a text of two lines\n  ✗ it failed`
    )
    expect(calls).toEqual([["list", { state: "failed", limit: 100, offset: 0 }]])
  })

  it("lists other states, and as JSON", async () => {
    expect(JSON.parse(await run("list", "waiting", "json"))).toMatchObject({ count: 101 })
    expect(calls).toEqual([["list", { state: "waiting", limit: 100, offset: 0 }]])
  })

  it("replays all, or those named, and discards those named", async () => {
    expect(await run("replay")).toBe("2 text(s) are queued anew")
    await run("replay", ID, OTHER)
    expect(await run("discard", ID)).toBe("1 text(s) were given up")
    expect(calls).toEqual([
      ["replay", undefined],
      ["replay", [ID, OTHER]],
      ["discard", [ID]],
    ])
  })

  it.each([["usage"], ["help"], ["--help"]])("explains itself for %s", async (word) => {
    expect(await run(word)).toContain("Usage: npx medusa exec")
    expect(calls).toEqual([])
  })

  it.each([
    [["discard"]],
    [["discard", "everything"]],
    [["replay", "1"]],
    [["list", "lost"]],
    [["list", "failed", "waiting"]],
    [["empty"]],
  ])("does nothing for %j but say how it is used", async (args) => {
    await expect(run(...args)).rejects.toThrow(`Can't make sense of "${args.join(" ")}"`)
    expect(calls).toEqual([])
  })
})
