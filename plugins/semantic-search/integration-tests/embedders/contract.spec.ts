import { existsSync } from "node:fs"
import path from "node:path"
import type * as Embedding from "../../src/embedding"
import {
  scriptedVector,
  SERVER_DIMENSIONS,
  startScriptedEmbeddingServer,
} from "../../src/embedding/testing/scripted-embedding-server"
import type * as CreateEmbedder from "../../src/providers/pgvector/create-embedder"
import type { EmbedderOptions } from "../../src/providers/pgvector/embedder-options"
import type * as Options from "../../src/providers/pgvector/options"
import {
  EMBEDDER_GGUF,
  EMBEDDER_LLAMA_SERVER,
  EMBEDDER_OLLAMA,
  startLlamaServer,
  startOllama,
} from "./servers"

/*
 * What every embedder promises, whatever is behind it. Through the built plugin, since the in-process
 * model's thread runs outside of Jest, where nothing compiles TypeScript.
 */

const BUILT = "../../.medusa/server/src/providers/pgvector"
const { createEmbedder } = jest.requireActual<typeof CreateEmbedder>(`${BUILT}/create-embedder`)
const { resolveOptions } = jest.requireActual<typeof Options>(`${BUILT}/options`)
const { embeddingModelId, ALL_MINILM_L6_V2 } = jest.requireActual<typeof Embedding>(
  "medusa-plugin-semantic-search/embedding"
)

const MODELS_DIR = process.env.LIBRO_MODELS_DIR
/** Known models that a models folder needn't hold. */
const FURTHER_MODELS = ["Xenova/paraphrase-MiniLM-L3-v2", "Xenova/multilingual-e5-small"]
const SIMILARITY = { floor: 0.1, ceiling: 0.9 }

// A model or a server may have to be loaded first, and Ollama's runner dies of a text that is too long:
// it takes seconds to be there again.
jest.setTimeout(60_000)

interface Subject {
  name: string
  /** What must be there; the subject is passed over where it is missing. */
  needs: (string | undefined)[]
  /** Whether the vectors are all-MiniLM-L6-v2's, so that they can be compared with each other. */
  minilm: boolean
  /** Starts what is behind the embedder. */
  start(): Promise<{ options: EmbedderOptions; stop?: () => Promise<void> }>
}

const scripted = { model: "scripted", dimensions: SERVER_DIMENSIONS, similarity: SIMILARITY }

/** Where a model's files are, if they are. */
function weights(model: string): string | undefined {
  const folder = path.join(MODELS_DIR ?? "", model)
  return MODELS_DIR && existsSync(folder) ? folder : undefined
}

const SUBJECTS: Subject[] = [
  ...["Xenova/all-MiniLM-L6-v2", ...FURTHER_MODELS].map((model): Subject => ({
    name: `${model} in the process`,
    needs: [weights(model)],
    minilm: !FURTHER_MODELS.includes(model),
    start: async () => ({ options: { type: "transformers", models_dir: MODELS_DIR, model } }),
  })),
  {
    name: "a function of the store's own",
    needs: [],
    minilm: false,
    start: async () => ({
      options: {
        type: "function",
        id: "letters@1",
        dimensions: SERVER_DIMENSIONS,
        similarity: SIMILARITY,
        embed: async (text) => scriptedVector(text),
      },
    }),
  },
  {
    name: "a server with Ollama's routes",
    needs: [],
    minilm: false,
    async start() {
      const { url, stop } = await startScriptedEmbeddingServer("ollama")
      return { options: { type: "ollama", base_url: url, ...scripted }, stop }
    },
  },
  {
    name: "a server with OpenAI's routes",
    needs: [],
    minilm: false,
    async start() {
      const { url, stop } = await startScriptedEmbeddingServer("openai")
      return { options: { type: "openai", base_url: `${url}/v1`, ...scripted }, stop }
    },
  },
  {
    name: "Ollama",
    needs: [EMBEDDER_OLLAMA, EMBEDDER_GGUF],
    minilm: true,
    async start() {
      const { url, stop } = await startOllama(EMBEDDER_OLLAMA!, EMBEDDER_GGUF!)
      return { options: { type: "ollama", base_url: url, model: "all-minilm" }, stop }
    },
  },
  {
    name: "llama-server",
    needs: [EMBEDDER_LLAMA_SERVER, EMBEDDER_GGUF],
    minilm: true,
    async start() {
      const { url, stop } = await startLlamaServer(EMBEDDER_LLAMA_SERVER!, EMBEDDER_GGUF!)
      const model = "all-MiniLM-L6-v2"
      return { options: { type: "openai", base_url: `${url}/v1`, model }, stop }
    },
  },
]

const TEXTS = [
  "Ahab hunts the whale that took his leg across the oceans.",
  "A governess falls in love with the master of the house.",
  "Two hundred recipes for vegetable soups and stews.",
  "A history of computing from the abacus to the chip.",
]

const cosine = (a: number[], b: number[]) =>
  a.reduce((sum, component, i) => sum + component * b[i], 0)

const make = (embedder: EmbedderOptions) => createEmbedder(resolveOptions({ embedder }).embedder)
type Embedder = ReturnType<typeof make>

/** The vectors of the in-process model, for comparison with other runtimes of it. */
let reference: number[][] | undefined

describe.each(SUBJECTS)("$name", ({ name, needs, minilm, start }) => {
  const available = needs.every(Boolean)
  if (!available) {
    console.warn(`Skipped ${name}: it needs LIBRO_MODELS_DIR, or what embedders/servers.ts names`)
  }
  const run = available ? it : it.skip

  let embedder: Embedder
  let stop: (() => Promise<void>) | undefined

  beforeAll(async () => {
    if (available) {
      const started = await start()
      stop = started.stop
      embedder = make(started.options)
      await embedder.embed(["warm up"])
    }
  })
  afterAll(async () => {
    await embedder?.close()
    await stop?.()
  })

  run("says what its vectors are, and how it is best used", () => {
    expect(embedder.id).toMatch(/^\S+@\S+$/)
    expect(embedder.similarity.floor).toBeLessThan(embedder.similarity.ceiling)
    expect(embedder.batch_size).toBeGreaterThanOrEqual(1)
    expect(embedder.concurrency).toBeGreaterThanOrEqual(1)
  })

  run("answers one vector a text, of length 1, in the order of the texts", async () => {
    const vectors = await embedder.embed(TEXTS)
    expect(vectors).toHaveLength(TEXTS.length)
    for (const [i, vector] of vectors.entries()) {
      expect(vector).toHaveLength(embedder.dimensions)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 3)
      const [alone] = await embedder.embed([TEXTS[i]])
      expect(cosine(alone, vector)).toBeGreaterThan(0.999)
    }
    expect(cosine(vectors[0], vectors[2])).toBeLessThan(0.999)
  })

  run("takes none, and more than it is best given", async () => {
    expect(await embedder.embed([])).toEqual([])
    const count = embedder.batch_size * 2 + 1
    const many = await embedder.embed(Array.from({ length: count }, (_, i) => TEXTS[i % 4]))
    expect(many).toHaveLength(count)
    expect(cosine(many[0], many[count - 1])).toBeGreaterThan(0.999)
  })

  run("takes texts of any length and shape", async () => {
    const odd = [" ", "x".repeat(5_000), "whale ".repeat(5_000), "鯨".repeat(3_000), "日本 🐋\n\t"]
    for (const text of odd) {
      const [vector] = await embedder.embed([text])
      expect(vector).toHaveLength(embedder.dimensions)
      expect(vector.every(Number.isFinite)).toBe(true)
    }
  })

  run("answers everybody who asks at once, each their own", async () => {
    const together = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        embedder.embed([TEXTS[i % 4]], { purpose: i % 3 ? "document" : "query" })
      )
    )
    const separate = await embedder.embed(TEXTS)
    for (const [i, [vector]] of together.entries()) {
      expect(cosine(vector, separate[i % 4])).toBeGreaterThan(0.999)
    }
  })

  run("says that it is well", async () => {
    expect(await embedder.health()).toEqual({ ok: true })
  })

  run("can be closed, more than once, and used again", async () => {
    await embedder.close()
    await embedder.close()
    expect(await embedder.embed(["whale"])).toHaveLength(1)
  })

  if (minilm) {
    run("makes the vectors of all-MiniLM-L6-v2, whatever runs it", async () => {
      const vectors = await embedder.embed(TEXTS)
      reference ??= vectors
      for (const [i, vector] of vectors.entries()) {
        expect(cosine(vector, reference[i])).toBeGreaterThan(0.998)
      }
      expect(embedder.similarity).toEqual(ALL_MINILM_L6_V2.similarity)
    })
  }
})

const withModel = MODELS_DIR ? describe : describe.skip

withModel("a model of the store's own choice in the process", () => {
  const OWN: EmbedderOptions = {
    type: "transformers",
    models_dir: MODELS_DIR,
    model: "Xenova/all-MiniLM-L6-v2",
  }
  const embedders: Embedder[] = []
  const own = (options: Partial<EmbedderOptions>) => {
    const embedder = make({ ...OWN, ...options } as EmbedderOptions)
    embedders.push(embedder)
    return embedder
  }
  afterEach(async () => {
    await Promise.all(embedders.splice(0).map((embedder) => embedder.close()))
  })

  it("gets its prefixes", async () => {
    const bare = own({})
    const prefixed = own({ query_prefix: "query: ", document_prefix: "passage: " })
    const [[query], [document]] = [
      await prefixed.embed(["whale"], { purpose: "query" }),
      await prefixed.embed(["whale"]),
    ]
    const [asQuery, asDocument] = await bare.embed(["query: whale", "passage: whale"])
    expect(cosine(query, asQuery)).toBeGreaterThan(0.999)
    expect(cosine(document, asDocument)).toBeGreaterThan(0.999)
    expect(cosine(query, document)).toBeLessThan(0.99)
    expect(prefixed.id).not.toBe(embeddingModelId(ALL_MINILM_L6_V2))
  })

  it("cuts texts where it is told", async () => {
    const short = own({ max_tokens: 6 })
    // Behind the mark of the beginning there is room for five words.
    const [cut, same, whole] = await short.embed([
      "love in a cold damp climate",
      "love in a cold damp house",
      "love in a cold house",
    ])
    expect(cosine(cut, same)).toBeGreaterThan(0.999)
    expect(cosine(cut, whole)).toBeLessThan(0.999)
  })

  it("pools as it is told", async () => {
    const [first] = await own({ pooling: "cls" }).embed(["whale"])
    const [mean] = await own({}).embed(["whale"])
    expect(cosine(first, mean)).toBeLessThan(0.99)
  })

  it("is told that its dimensions are wrong", async () => {
    const wrong = own({ dimensions: 768, similarity: SIMILARITY })
    await expect(wrong.embed(["whale"])).rejects.toMatchObject({
      name: "EmbedderUnavailableError",
      message: expect.stringContaining("384 components instead of 768"),
    })
  })
})
