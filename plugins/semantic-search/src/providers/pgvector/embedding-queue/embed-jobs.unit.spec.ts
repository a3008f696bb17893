import fc from "fast-check"
import { type Embedder, EmbedderInputError, EmbedderUnavailableError } from "../../../embedding"
import type { EmbeddingJob } from "./claim-jobs"
import { embedJobs } from "./embed-jobs"

/** An embedder that refuses some texts, breaks of others, and is down after so many calls. */
function scripted({
  poison = new Set<string>(),
  breaking = new Set<string>(),
  callsUntilDown = Number.POSITIVE_INFINITY,
}) {
  const calls: string[][] = []
  const isDown = () => calls.length > callsUntilDown
  const embedder = {
    async embed(texts: string[]) {
      calls.push(texts)
      if (isDown()) {
        throw new EmbedderUnavailableError("down")
      }
      if (texts.some((text) => breaking.has(text))) {
        throw new EmbedderUnavailableError("broken")
      }
      if (texts.some((text) => poison.has(text))) {
        throw new EmbedderInputError("refused")
      }
      return texts.map((text) => [text.length])
    },
    health: async () => (isDown() ? { ok: false, reason: "down" } : { ok: true }),
  } as unknown as Embedder
  return { embedder, calls }
}

const job = (content: string, attempts = 0): EmbeddingJob => ({
  content_hash: content,
  content,
  attempts,
})

const contents = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 3, maxLength: 40 })

describe("embedJobs", () => {
  it("has each text in one of its lists, and no good text in two answered calls", async () => {
    await fc.assert(
      fc.asyncProperty(
        contents.chain((all) =>
          fc.record({
            jobs: fc.tuple(...all.map((text) => fc.nat(2).map((attempts) => job(text, attempts)))),
            poison: fc.subarray(all, { maxLength: 3 }),
            breaking: fc.subarray(all, { maxLength: 2 }),
            callsUntilDown: fc.option(fc.nat(12), { nil: undefined }),
          })
        ),
        async ({ jobs, poison, breaking, callsUntilDown }) => {
          const bad = new Set([...poison, ...breaking])
          const { embedder } = scripted({
            poison: new Set(poison),
            breaking: new Set(breaking),
            callsUntilDown,
          })
          const report = await embedJobs(embedder, jobs)
          const lists = [
            report.embedded.map(({ content_hash }) => content_hash),
            report.refused.map((one) => one.job.content),
            report.left.map(({ content }) => content),
          ]
          expect(lists.flat().sort()).toEqual(jobs.map(({ content }) => content).sort())
          for (const { content_hash, vector } of report.embedded) {
            expect(bad).not.toContain(content_hash)
            expect(vector).toEqual([content_hash.length])
          }
          for (const { job: refused } of report.refused) {
            expect(bad).toContain(refused.content)
          }
          expect(report.left.length > 0).toBe(!!report.error)
          if (callsUntilDown === undefined) {
            expect(report.left).toEqual([])
          }
        }
      )
    )
  })

  it("makes one call where nothing goes wrong, and one more for texts that failed before", async () => {
    const { embedder, calls } = scripted({})
    await embedJobs(embedder, [job("a"), job("b", 1), job("c")])
    expect(calls).toEqual([["a", "c"], ["b"]])
  })

  it("halves a call only for its texts", async () => {
    const jobs = ["a", "b", "c", "poison"].map((text) => job(text))
    const refusing = scripted({ poison: new Set(["poison"]) })
    await embedJobs(refusing.embedder, jobs)
    expect(refusing.calls).toEqual([
      ["a", "b", "c", "poison"],
      ["a", "b"],
      ["c", "poison"],
      ["c"],
      ["poison"],
    ])
    const down = scripted({ callsUntilDown: 0 })
    expect(await embedJobs(down.embedder, jobs)).toMatchObject({
      left: jobs,
      error: { message: "down" },
    })
    expect(down.calls).toHaveLength(1)
  })

  it("believes an embedder that wants to be left alone, without asking how it is", async () => {
    const health = jest.fn(async () => ({ ok: true }))
    const limited = {
      embed: async () => {
        throw new EmbedderUnavailableError("slow down", { retry_after_ms: 1_000 })
      },
      health,
    } as unknown as Embedder
    expect((await embedJobs(limited, [job("a"), job("b")])).left).toHaveLength(2)
    expect(health).not.toHaveBeenCalled()
  })
})
