import { EmbedderInputError, EmbedderUnavailableError } from "./embedder"
import { FunctionEmbedder } from "./function-embedder"

function embedder(answer: (text: string) => Promise<unknown>) {
  const similarity = { floor: 0, ceiling: 1 }
  const embed = answer as (text: string) => Promise<number[]>
  return new FunctionEmbedder({
    embed,
    id: "mine@1",
    dimensions: 2,
    similarity,
    concurrency: 2,
    timeout_ms: 50,
  })
}

describe("FunctionEmbedder", () => {
  it("answers one vector a text, in the order of the texts", async () => {
    const embed = async (text: string) => (text === "a" ? [3, 0] : [0, 0.5])
    expect(await embedder(embed).embed(["a", "bcd", "a"])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ])
  })

  it("gives the function as many texts at once as it may have", async () => {
    let running = 0
    let most = 0
    const busy = embedder(async () => {
      most = Math.max(most, ++running)
      await new Promise(setImmediate)
      running--
      return [1, 0]
    })
    await busy.embed(["a", "b", "c", "d", "e"])
    expect(most).toBe(2)
  })

  it("doesn't wait for ever", async () => {
    const hanging = embedder(() => new Promise(() => {}))
    await expect(hanging.embed(["a"])).rejects.toMatchObject({
      name: "EmbedderUnavailableError",
      message: "The embedder function failed: it gave no answer within 50 ms",
    })
  })

  it("believes the function that it wants to be left alone", async () => {
    const limited = embedder(async () => {
      throw new EmbedderUnavailableError("slow down", { retry_after_ms: 5_000 })
    })
    await expect(limited.embed(["a"])).rejects.toMatchObject({ retry_after_ms: 5_000 })
  })

  it("takes an error of the function as one of no text in particular", async () => {
    const broken = embedder(async () => {
      throw new Error("connection refused")
    })
    await expect(broken.embed(["a"])).rejects.toThrow(EmbedderUnavailableError)
    await expect(broken.embed(["a"])).rejects.toThrow(
      "The embedder function failed: connection refused"
    )
    expect(await broken.health()).toEqual({
      ok: false,
      reason: "The embedder function failed: connection refused",
    })
  })

  it("believes the function that a text can't be embedded", async () => {
    const picky = embedder(async () => {
      throw new EmbedderInputError("too long")
    })
    await expect(picky.embed(["a"])).rejects.toThrow(EmbedderInputError)
  })

  it.each([[[1]], [[1, 2, 3]], [undefined], [[0, 0]], [[Number.NaN, 1]], ["ab"]])(
    "blames the text for the vector %j, which can't be stored",
    async (vector) => {
      const odd = embedder(async () => vector)
      await expect(odd.embed(["a"])).rejects.toThrow(EmbedderInputError)
    }
  )

  it("is well when it answers", async () => {
    expect(await embedder(async () => [1, 0]).health()).toEqual({ ok: true })
  })
})
