import type { Embedder } from "./embedder"
import { QueryEmbeddings } from "./query-embeddings"

const TIMEOUT = 800

/** An embedder that answers when it is told to, and notes what it was asked. */
function scripted() {
  const calls: string[] = []
  const purposes: (string | undefined)[] = []
  const answers: { resolve: (vector: number[]) => void; reject: (error: Error) => void }[] = []
  const embedder = {
    embed: ([text]: string[], options?: { purpose?: string }) => {
      calls.push(text)
      purposes.push(options?.purpose)
      return new Promise<number[][]>((resolve, reject) => {
        answers.push({ resolve: (vector) => resolve([vector]), reject })
      })
    },
  } as unknown as Embedder
  return { calls, purposes, answers, embedder }
}

function setUp(cache_size = 10) {
  const script = scripted()
  const embeddings = new QueryEmbeddings(script.embedder, { cache_size, timeout_ms: TIMEOUT })
  return { ...script, embeddings }
}

describe("QueryEmbeddings", () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it("asks once for a text that many ask for at the same time", async () => {
    const { calls, purposes, answers, embeddings } = setUp()
    const asked = Array.from({ length: 20 }, () => embeddings.get("whale"))
    answers[0].resolve([1])
    expect(await Promise.all(asked)).toEqual(new Array(20).fill({ vector: [1] }))
    expect(calls).toEqual(["whale"])
    expect(purposes).toEqual(["query"])
  })

  it("remembers, and forgets what was asked longest ago", async () => {
    const { calls, answers, embeddings } = setUp(2)
    for (const text of ["a", "b", "a", "c", "b"]) {
      const asked = embeddings.get(text)
      answers.splice(0).forEach(({ resolve }) => resolve([text.codePointAt(0)!]))
      expect(await asked).toEqual({ vector: [text.codePointAt(0)] })
    }
    expect(calls).toEqual(["a", "b", "c", "b"])
  })

  it("waits no longer than its budget, and keeps what comes late", async () => {
    const { calls, answers, embeddings } = setUp()
    const asked = embeddings.get("whale")
    await jest.advanceTimersByTimeAsync(TIMEOUT)
    expect(await asked).toEqual({ unavailable: "No embedding within 800 ms", reason: "timeout" })
    answers[0].resolve([1])
    await jest.advanceTimersByTimeAsync(0)
    expect(await embeddings.get("whale")).toEqual({ vector: [1] })
    expect(calls).toEqual(["whale"])
  })

  it("doesn't ask again while the first question is under way, however often it is too late", async () => {
    const { calls, answers, embeddings } = setUp()
    for (let i = 0; i < 3; i++) {
      const asked = embeddings.get("whale")
      await jest.advanceTimersByTimeAsync(TIMEOUT)
      expect(await asked).toHaveProperty("unavailable")
    }
    expect(calls).toEqual(["whale"])
    answers[0].resolve([1])
    await jest.advanceTimersByTimeAsync(0)
    expect(await embeddings.get("whale")).toEqual({ vector: [1] })
  })

  it("asks anew for a text whose answer never came", async () => {
    const { calls, answers, embeddings } = setUp()
    const lost = embeddings.get("whale")
    await jest.advanceTimersByTimeAsync(60_000)
    expect(await lost).toHaveProperty("unavailable")
    const asked = embeddings.get("whale")
    answers[1].resolve([2])
    expect(await asked).toEqual({ vector: [2] })
    expect(calls).toEqual(["whale", "whale"])
  })

  it("answers a failure with its reason, never with an exception, and tries again", async () => {
    const { answers, embeddings } = setUp()
    const failed = embeddings.get("whale")
    answers[0].reject(new Error("The weights are missing"))
    expect(await failed).toEqual({ unavailable: "The weights are missing", reason: "unavailable" })
    const asked = embeddings.get("whale")
    answers[1].resolve([1])
    expect(await asked).toEqual({ vector: [1] })
  })

  it("leaves no timer behind", async () => {
    const { answers, embeddings } = setUp()
    const asked = embeddings.get("whale")
    answers[0].resolve([1])
    await asked
    expect(jest.getTimerCount()).toBe(0)
  })
})
