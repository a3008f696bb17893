import fc from "fast-check"
import { contentHash, EmbedderUnavailableError } from "../../src/embedding"
import { claimJobs } from "../../src/providers/pgvector/embedding-queue/claim-jobs"
import { MAX_ATTEMPTS } from "../../src/providers/pgvector/embedding-queue/fail-jobs"
import { seed, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { bagOfWords, MODEL_ID } from "./scripted-embedder"

/*
 * Whatever happens to two workers on one queue, in whatever order: in the end every text that a document
 * has is embedded, by one call, or set aside with its error, and no document has another text's vector.
 */

let database: TestDatabase

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const TEXTS = ["whale", "robot", "murder", "love", "garden", "dragon", "soup", "war", "tea", "zeal"]
const DOCUMENTS = 6

/** What goes wrong while a worker works. */
type Trouble = "down" | "limited" | "can't store"

type Command =
  | { do: "write"; documents: { id: number; text: string }[]; seeding: boolean }
  | { do: "delete"; id: number }
  | { do: "work"; workers: (0 | 1)[]; trouble?: Trouble }
  /** A process claims texts and is killed. */
  | { do: "crash"; claims: number }
  | { do: "leases end" }
  | { do: "time passes" }
  | { do: "repair"; worker: 0 | 1 }
  /** The queue is emptied by hand. */
  | { do: "lose the queue" }

const text = fc.constantFrom(...TEXTS)
const id = fc.integer({ min: 0, max: DOCUMENTS - 1 })
const worker = fc.constantFrom<0 | 1>(0, 1)

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      documents: fc.uniqueArray(fc.record({ id, text }), {
        minLength: 1,
        maxLength: 4,
        selector: (document) => document.id,
      }),
      seeding: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), id }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("work" as const),
      workers: fc.constantFrom<(0 | 1)[]>([0], [1], [0, 1]),
      trouble: fc.option(fc.constantFrom<Trouble>("down", "limited", "can't store"), {
        nil: undefined,
        freq: 2,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      claims: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "leases end" as const }) },
  { weight: 2, arbitrary: fc.constant({ do: "time passes" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("repair" as const), worker }) },
  { weight: 1, arbitrary: fc.constant({ do: "lose the queue" as const }) }
)

/** What goes wrong at present, and the texts of the calls that were answered, for which a server is paid. */
interface Scene {
  trouble?: Trouble
  answered: string[]
}

/** Has a worker meet what goes wrong. */
function stage({ embedder, database: store }: Provider, scene: Scene): void {
  const [embed, transaction] = [embedder.embed.bind(embedder), store.transaction.bind(store)]
  jest.spyOn(embedder, "embed").mockImplementation(async (texts, options) => {
    if (scene.trouble === "limited") {
      throw new EmbedderUnavailableError("slow down", { retry_after_ms: 1 })
    }
    if (scene.trouble === "down") {
      throw new EmbedderUnavailableError("the model server is down")
    }
    const vectors = await embed(texts, options)
    scene.answered.push(...texts)
    return vectors
  })
  jest
    .spyOn(embedder, "health")
    .mockImplementation(async () =>
      scene.trouble === "down" ? { ok: false, reason: "down" } : { ok: true }
    )
  jest.spyOn(store, "transaction").mockImplementation(async (run) => {
    if (scene.trouble === "can't store") {
      throw Object.assign(new Error("could not extend file"), { code: "53100" })
    }
    return await transaction(run)
  })
}

const endLeases = () =>
  database.knex.raw(
    "UPDATE semantic_search_embedding_job SET locked_until = now() - interval '1 second' WHERE locked_by IS NOT NULL"
  )
const letTimePass = () =>
  database.knex.raw("UPDATE semantic_search_embedding_job SET run_at = now() - interval '1 second'")

let runs = 0

it("ends with every text embedded once, or set aside", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(command, { minLength: 1, maxLength: 16 }),
      fc.subarray(TEXTS, { maxLength: 2 }),
      async (commands, poison) => {
        await database.knex.raw("TRUNCATE semantic_search_embedding_job, semantic_search_embedding")
        const index = version(`property${runs++}`, 1)
        const scene: Scene = { answered: [] }
        const first = database.provider()
        const workers = [first, database.provider({}, first.scripted)]
        workers.forEach((provider) => stage(provider, scene))
        poison.forEach((one) => first.scripted.poison.add(one))
        await first.service.upsertIndex({ index })
        try {
          const texts = new Map<string, string>()
          for (const one of commands) {
            await perform(one, workers, scene, index, texts)
          }
          await settle(workers)
          await expectKept(index, texts, poison)
          if (!commands.some((one) => one.do === "work" && one.trouble === "can't store")) {
            expect(scene.answered).toHaveLength(new Set(scene.answered).size)
          }
        } finally {
          await first.service.deleteIndex({ index: index.physical_name })
        }
      }
    ),
    { numRuns: 60 }
  )
}, 300_000)

async function perform(
  command: Command,
  workers: Provider[],
  scene: Scene,
  index: ReturnType<typeof version>,
  texts: Map<string, string>
): Promise<void> {
  const [{ service }] = workers
  switch (command.do) {
    case "write": {
      const documents = command.documents.map(({ id, text }) => ({ id: `d${id}`, embedding: text }))
      documents.forEach(({ id, embedding }) => texts.set(id, embedding))
      await (command.seeding ? seed : write)(service, index, documents)
      return
    }
    case "delete": {
      texts.delete(`d${command.id}`)
      const filters = { id: `d${command.id}` }
      await service.deleteDocuments({ index: index.physical_name, filters })
      return
    }
    case "work":
      scene.trouble = command.trouble
      // What can't be stored is the caller's to hear of.
      await Promise.all(command.workers.map((i) => workers[i].worker.work().catch(() => undefined)))
      scene.trouble = undefined
      return
    case "crash":
      await claimJobs(workers[0].database, {
        model: MODEL_ID,
        worker: "killed",
        limit: command.claims,
        lease_seconds: 60,
      })
      return
    case "leases end":
      await endLeases()
      return
    case "time passes":
      await letTimePass()
      return
    case "repair":
      await workers[command.worker].worker.repair()
      return
    case "lose the queue":
      await database.knex.raw("TRUNCATE semantic_search_embedding_job")
      return
  }
}

/** Lets everything come to its end: leases, back-offs, attempts. */
async function settle(workers: Provider[]): Promise<void> {
  await workers[0].worker.repair()
  for (let attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) {
    await endLeases()
    await letTimePass()
    await Promise.all(workers.map((provider) => provider.embedAll()))
  }
}

async function expectKept(
  index: ReturnType<typeof version>,
  texts: Map<string, string>,
  poison: string[]
): Promise<void> {
  const bad = new Set(poison)
  const documents = await database.rows<{ id: string; text: string; vector: string | null }>(
    `SELECT id, document ->> 'embedding' AS text, v0::text AS vector
     FROM semantic_search_doc_${index.physical_name} ORDER BY id`
  )
  expect(new Map(documents.map(({ id, text }) => [id, text]))).toEqual(texts)
  for (const { text, vector } of documents) {
    expect(vector && JSON.parse(vector)).toEqual(
      bad.has(text) ? null : bagOfWords(text).map((component) => expect.closeTo(component, 5))
    )
  }
  const needed = [...new Set(texts.values())]
  const jobs = await database.rows<{ content: string; last_error: string; dead: boolean }>(
    `SELECT content, last_error, failed_at IS NOT NULL AS dead FROM semantic_search_embedding_job`
  )
  for (const job of jobs) {
    expect(job).toEqual({ content: expect.anything(), last_error: expect.any(String), dead: true })
    expect(bad).toContain(job.content)
  }
  const stored = await database.rows<{ content_hash: string }>(
    "SELECT content_hash FROM semantic_search_embedding"
  )
  const embedded = new Set(stored.map(({ content_hash }) => content_hash))
  const dead = new Set(jobs.map(({ content }) => content))
  for (const text of needed) {
    expect([text, embedded.has(contentHash(text)), dead.has(text)]).toEqual([
      text,
      !bad.has(text),
      bad.has(text),
    ])
  }
}
