import { existsSync } from "node:fs"
import { mkdtemp, rename, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import type * as Embedding from "../src/embedding"

/*
 * The real model, through the built plugin: its thread runs outside of Jest, where nothing compiles
 * TypeScript.
 */

const MODELS_DIR = process.env.LIBRO_MODELS_DIR

if (!MODELS_DIR) {
  console.warn("Skipped: set LIBRO_MODELS_DIR to the folder that holds Xenova/all-MiniLM-L6-v2")
}

const withModel = MODELS_DIR ? describe : describe.skip

/** Loading the model takes a second or two, and longer on a busy machine; in milliseconds. */
const LOAD_TIMEOUT = 60_000

withModel("all-MiniLM-L6-v2", () => {
  const { TransformersEmbedder, ALL_MINILM_L6_V2: model } = jest.requireActual<typeof Embedding>(
    "medusa-plugin-semantic-search/embedding"
  )
  type Embedder = InstanceType<typeof TransformersEmbedder>

  let embedder: Embedder
  /** A folder that stands for the models folder, whose model can be taken away. */
  let folder: string

  beforeAll(async () => {
    expect(existsSync(path.join(MODELS_DIR!, model.name, "onnx", "model_quantized.onnx"))).toBe(
      true
    )
    folder = await mkdtemp(path.join(tmpdir(), "semantic-search-models-"))
    await symlink(path.join(MODELS_DIR!, "Xenova"), path.join(folder, "Xenova"))
    embedder = new TransformersEmbedder({ model, models_dir: MODELS_DIR })
    await embedder.embed(["warm up"])
  }, LOAD_TIMEOUT)

  afterAll(async () => {
    await embedder?.close()
    await rm(folder, { recursive: true })
  })

  const cosine = (a: number[], b: number[]) =>
    a.reduce((sum, component, i) => sum + component * b[i], 0)

  async function similarity(a: string, b: string): Promise<number> {
    const [left, right] = await embedder.embed([a, b])
    return cosine(left, right)
  }

  it("answers vectors of length 1, of as many components as it says", async () => {
    const [vector] = await embedder.embed(["A captain hunts a white whale."])
    expect(vector).toHaveLength(model.dimensions)
    expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
    expect(embedder.id).toBe("Xenova/all-MiniLM-L6-v2@q8-256")
  })

  it.each([
    [
      "a captain obsessed with a white whale",
      "Ahab hunts the whale that took his leg across the oceans.",
      "A governess falls in love with the master of the house.",
    ],
    [
      "robots that are forbidden to hurt people",
      "Stories about machines built with laws that keep humans from harm.",
      "Two hundred recipes for vegetable soups and stews.",
    ],
    [
      "cosy murder in an English village",
      "When the vicar's guest is poisoned, an elderly lady finds the killer over tea.",
      "A history of computing from the abacus to the chip.",
    ],
  ])(
    "finds “%s” nearer to its book than to another, on its own scale",
    async (query, book, other) => {
      const near = await similarity(query, book)
      expect(near).toBeGreaterThan((await similarity(query, other)) + 0.15)
      expect(near).toBeGreaterThan(model.similarity.floor)
      expect(await similarity(query, other)).toBeLessThan(model.similarity.floor)
    }
  )

  it("makes the same of a text alone as of one among many, in the order of the texts", async () => {
    const texts = Array.from(
      { length: 19 },
      (_, i) =>
        `${"A book about the sea. ".repeat((i % 5) + 1)}Volume ${i}, ${i % 2 ? "robots" : "love"}.`
    )
    const together = await embedder.embed(texts)
    expect(together).toHaveLength(texts.length)
    for (const [i, text] of texts.entries()) {
      const [alone] = await embedder.embed([text])
      expect(cosine(alone, together[i])).toBeGreaterThan(0.999)
    }
  })

  it("takes texts of any length and shape", async () => {
    const vectors = await embedder.embed([
      "",
      " ",
      "x".repeat(5_000),
      "whale ".repeat(5_000),
      "日本語 🐋",
    ])
    for (const vector of vectors) {
      expect(vector).toHaveLength(model.dimensions)
      expect(vector.every(Number.isFinite)).toBe(true)
    }
    expect(await embedder.embed([])).toEqual([])
  })

  it(
    "lets a query overtake the documents that wait",
    async () => {
      const finished: string[] = []
      const documents = Array.from({ length: 80 }, (_, i) =>
        `A long description, number ${i}. `.repeat(20)
      )
      const importing = embedder.embed(documents).then(() => finished.push("documents"))
      const searching = embedder
        .embed(["white whale"], { purpose: "query" })
        .then(() => finished.push("query"))
      await Promise.all([importing, searching])
      expect(finished).toEqual(["query", "documents"])
    },
    LOAD_TIMEOUT
  )

  it(
    "leaves the event loop free while it computes",
    async () => {
      let longest = 0
      let last = performance.now()
      const watch = setInterval(() => {
        longest = Math.max(longest, performance.now() - last)
        last = performance.now()
      }, 5)
      const started = performance.now()
      await embedder.embed(
        Array.from({ length: 32 }, (_, i) => `A description, number ${i}. `.repeat(30))
      )
      const took = performance.now() - started
      clearInterval(watch)
      expect(longest).toBeLessThan(took / 2)
    },
    LOAD_TIMEOUT
  )

  it(
    "says what is missing, and works again as soon as it is there",
    async () => {
      const model_folder = path.join(folder, "Xenova")
      const away = path.join(folder, "away")
      await rename(model_folder, away)
      const other = new TransformersEmbedder({ model, models_dir: folder })
      const missing = {
        name: "EmbedderUnavailableError",
        message: expect.stringContaining(path.join(model_folder, "all-MiniLM-L6-v2", "onnx")),
      }
      try {
        await expect(other.embed(["whale"])).rejects.toMatchObject(missing)
        expect(await other.health()).toEqual({ ok: false, reason: missing.message })
        await rename(away, model_folder)
        expect(await other.health()).toEqual({ ok: true })
        expect(await other.embed(["whale"])).toHaveLength(1)
        // Even a loaded model says so when its files are taken away.
        await rename(model_folder, away)
        await expect(other.embed(["whale"])).rejects.toMatchObject(missing)
      } finally {
        await other.close()
      }
    },
    LOAD_TIMEOUT
  )

  it(
    "answers everybody when it is closed in the middle, and can be used again",
    async () => {
      const other = new TransformersEmbedder({ model, models_dir: MODELS_DIR })
      try {
        await other.embed(["warm up"])
        const running = other.embed(Array.from({ length: 40 }, (_, i) => `Text ${i}. `.repeat(40)))
        const query = other.embed(["whale"], { purpose: "query" })
        const closing = other.close()
        await expect(running).rejects.toMatchObject({ name: "EmbedderUnavailableError" })
        await expect(query).rejects.toMatchObject({ name: "EmbedderUnavailableError" })
        await closing
        expect(await other.embed(["whale"])).toHaveLength(1)
      } finally {
        await other.close()
      }
    },
    LOAD_TIMEOUT
  )
})
