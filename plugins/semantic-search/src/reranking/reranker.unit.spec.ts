import { rerankHits, type Reranker } from "./reranker"

const hits = ["a", "b", "c"].map((title) => ({ document: { title } }))
const titles = (found: { document: { title: string } }[]) =>
  found.map(({ document }) => document.title)

function reranker(rerank: Reranker["rerank"]): Reranker {
  return { id: "cross@1", rerank }
}

describe("rerankHits", () => {
  it("orders by the reranker's scores, equals as they were", async () => {
    const seen: unknown[] = []
    const by = reranker(async (query, documents) => {
      seen.push(query, documents)
      return [0, 2, 0]
    })
    const reranked = await rerankHits(by, "whale", hits, { timeout_ms: 1_000 })
    expect(titles(reranked.hits)).toEqual(["b", "a", "c"])
    expect(reranked.by).toBe("cross@1")
    expect(seen).toEqual(["whale", hits.map(({ document }) => document)])
  })

  it.each<[string, Reranker["rerank"], string]>([
    ["fails", async () => Promise.reject(new Error("the server is down")), "the server is down"],
    ["never answers", () => new Promise(() => {}), "No order within 10 ms"],
    ["answers too few scores", async () => [1], "1 scores for 3 hits"],
    ["answers what is no number", async () => [1, Number.NaN, 2], "3 scores for 3 hits"],
  ])("keeps the order where the reranker %s, and says why", async (_, rerank, reason) => {
    const reranked = await rerankHits(reranker(rerank), "whale", hits, { timeout_ms: 10 })
    expect(titles(reranked.hits)).toEqual(["a", "b", "c"])
    expect(reranked.failed).toContain(reason)
    expect(reranked.by).toBeUndefined()
  })

  it("isn't asked about one hit", async () => {
    const rerank = jest.fn()
    await rerankHits(reranker(rerank), "whale", hits.slice(0, 1), { timeout_ms: 10 })
    expect(rerank).not.toHaveBeenCalled()
  })
})
