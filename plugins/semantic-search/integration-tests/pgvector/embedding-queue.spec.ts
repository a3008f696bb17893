import { POLL_INTERVAL_MS } from "../../src/providers/pgvector/embedding-queue/embedding-worker"
import { MAX_ATTEMPTS } from "../../src/providers/pgvector/embedding-queue/fail-jobs"
import {
  discardTexts,
  queueContents,
  type QueueState,
  replayTexts,
} from "../../src/providers/pgvector/embedding-queue/queue-contents"
import {
  queueStatus,
  vectorCoverage,
} from "../../src/providers/pgvector/embedding-queue/queue-status"
import { requeueMissing } from "../../src/providers/pgvector/embedding-queue/requeue-missing"
import {
  STALL_LIMIT_MS,
  waitForVectors,
} from "../../src/providers/pgvector/embedding-queue/wait-for-vectors"
import { type Book, findIds, seed, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { bagOfWords, MODEL_ID } from "./scripted-embedder"
import { until } from "./until"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  provider = database.provider()
  await database.knex.raw("TRUNCATE semantic_search_embedding_job, semantic_search_embedding")
})

let count = 0

/** An index whose documents wait for their vectors. */
async function queued(books: Book[], versionNumber = 1) {
  const index = version(`queue${count++}`, versionNumber)
  await provider.service.upsertIndex({ index })
  await write(provider.service, index, books)
  return index
}

/** Books with texts of their own. */
function books(number: number): Book[] {
  return Array.from({ length: number }, (_, i) => ({ id: `b${i}`, embedding: `whale number ${i}` }))
}

async function coverage(index: ReturnType<typeof version>) {
  const physical = await provider.catalogue.retrieve(index.physical_name)
  return await vectorCoverage(provider.database, physical)
}

const status = () => queueStatus(provider.database, MODEL_ID)

/** Lets texts that wait for another attempt be due. */
const letTimePass = () =>
  database.knex.raw("UPDATE semantic_search_embedding_job SET run_at = now() - interval '1 second'")

/** Has the worker's next poll never come, so that only being woken gets it going. */
function withoutPolls() {
  const real = setTimeout
  const fake = (run: () => void, ms?: number) =>
    ms === POLL_INTERVAL_MS ? { unref() {} } : real(run, ms)
  return jest.spyOn(globalThis, "setTimeout").mockImplementation(fake as never)
}

describe("a text is embedded", () => {
  it("once for all documents that have it, in all indexes", async () => {
    const index = await queued([
      { id: "a", embedding: "whale" },
      { id: "b", embedding: " whale " },
    ])
    const other = await queued([{ id: "c", embedding: "whale" }])
    await provider.embedAll()
    expect(provider.scripted.calls).toEqual(["whale"])
    expect(await coverage(index)).toEqual({ documents: 2, embeddable: 2, with_vector: 2 })
    expect(await coverage(other)).toEqual({ documents: 1, embeddable: 1, with_vector: 1 })
  })

  it("not again for another version of the catalogue", async () => {
    const index = await queued(books(40))
    await provider.embedAll()
    provider.scripted.calls.length = 0
    const next = version(index.name, 2)
    await provider.service.upsertIndex({ index: next })
    const task = await seed(provider.service, next, books(40))
    expect(await coverage(next)).toEqual({ documents: 40, embeddable: 40, with_vector: 40 })
    expect(await provider.service.waitForTask(task)).toMatchObject({ status: "succeeded" })
    expect(provider.scripted.calls).toEqual([])
  })

  it("once by two workers that run at once", async () => {
    const index = await queued(books(150))
    const other = database.provider({}, provider.scripted)
    await Promise.all([provider.embedAll(), other.embedAll()])
    expect(provider.scripted.calls).toHaveLength(150)
    expect(new Set(provider.scripted.calls).size).toBe(150)
    expect(await coverage(index)).toEqual({ documents: 150, embeddable: 150, with_vector: 150 })
    expect((await status()).waiting).toBe(0)
  })

  it("by the loop as soon as it is written, without waiting for the next poll", async () => {
    const timers = withoutPolls()
    try {
      provider.worker.start()
      expect(provider.worker.running).toBe(true)
      await until("the loop pauses", () =>
        timers.mock.calls.some(([, ms]) => ms === POLL_INTERVAL_MS)
      )
      const index = await queued(books(3))
      await until("all are embedded", async () => (await coverage(index)).with_vector === 3)
    } finally {
      await provider.worker.stop()
      timers.mockRestore()
    }
    expect(provider.worker.running).toBe(false)
  })

  it("and stored before the loop says that it has stopped", async () => {
    const index = await queued(books(3))
    provider.scripted.behaviour = "hang"
    provider.worker.start()
    await until("the model is asked", () => provider.scripted.calls.length === 3)
    const stopped = provider.worker.stop()
    provider.scripted.release()
    await stopped
    expect((await coverage(index)).with_vector).toBe(3)
  })

  it("once, though another document with it is written just as its vector is being stored", async () => {
    const index = await queued([{ id: "a", embedding: "whale" }])
    const waitsForLock = async () => {
      const [{ waiting }] = await database.rows<{ waiting: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting`
      )
      return waiting
    }
    let writing: Promise<unknown> | undefined
    const { vector: schema } = await provider.extensions()
    // What the worker's transaction does, held open for a moment.
    await database.knex.transaction(async (worker) => {
      await worker.raw(
        `WITH done AS (DELETE FROM semantic_search_embedding_job RETURNING model, content_hash)
         INSERT INTO semantic_search_embedding (model, content_hash, embedding)
         SELECT model, content_hash, ?::${schema.sql}.vector FROM done`,
        [JSON.stringify(bagOfWords("whale"))]
      )
      writing = write(provider.service, index, [{ id: "b", embedding: "whale" }])
      await until("the write waits for the worker", waitsForLock)
    })
    await writing
    expect(await status()).toMatchObject({ waiting: 0 })
    expect(await provider.worker.work()).toBe("idle")
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual(["b"])
  })

  it("although its document was edited meanwhile, which then keeps the new text's vector", async () => {
    const index = await queued([{ id: "a", embedding: "whale" }])
    provider.scripted.behaviour = "hang"
    const working = provider.worker.work()
    await until("the model is asked", () => provider.scripted.calls.length === 1)
    // The new text has to wait, so that what the old one's vector does can be seen.
    provider.scripted.poison.add("robot")
    await write(provider.service, index, [{ id: "a", embedding: "robot" }])
    provider.scripted.release()
    await working
    expect((await coverage(index)).with_vector).toBe(0)
    provider.scripted.poison.clear()
    await letTimePass()
    await provider.embedAll()
    expect(await findIds(provider.service, index, { q: "android" })).toEqual(["a"])
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual([])
  })
})

describe("a text that can't be embedded", () => {
  it("is tried so often, set aside, and brought back by a replay; the others go on", async () => {
    const index = await queued([...books(5), { id: "bad", embedding: "poison" }])
    provider.scripted.poison.add("poison")
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(5)
    expect(await status()).toMatchObject({ waiting: 1, failed: 0 })
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt++) {
      // Not before its time.
      expect(await provider.worker.work()).toBe("idle")
      await letTimePass()
      await provider.embedAll()
    }
    expect(await status()).toMatchObject({
      waiting: 0,
      failed: 1,
      last_error: "The embedder function's vector has 0 components instead of 32",
    })
    await letTimePass()
    expect(await provider.worker.work()).toBe("idle")
    expect(provider.warnings.filter((warning) => /It begins: poison/.test(warning))).toHaveLength(
      MAX_ATTEMPTS
    )

    provider.scripted.poison.clear()
    expect(await replayTexts(provider.database, { model: MODEL_ID })).toBe(1)
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(6)
    expect(await status()).toMatchObject({ waiting: 0, failed: 0 })
  })

  it("is listed with its error and its documents, replayed by itself, or discarded for good", async () => {
    const index = await queued([
      { id: "a1", embedding: "poison one" },
      { id: "a2", embedding: "poison one" },
      { id: "b", embedding: "poison two" },
      { id: "good", embedding: "whale" },
    ])
    const texts = ["poison one", "poison two"]
    texts.forEach((text) => provider.scripted.poison.add(text))
    const fail = async () => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        await letTimePass()
        await provider.embedAll()
      }
    }
    await fail()
    const page = { model: MODEL_ID, limit: 10, offset: 0 }
    const list = async (state: QueueState) =>
      await queueContents(provider.database, await provider.catalogue.list(), { ...page, state })
    const failed = await list("failed")
    expect(failed.count).toBe(2)
    expect(failed.texts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          state: "failed",
          text: "poison one",
          attempts: MAX_ATTEMPTS,
          last_error: expect.stringContaining("0 components"),
          failed_at: expect.any(Date),
          documents: ["a1", "a2"],
        }),
        expect.objectContaining({ text: "poison two", documents: ["b"] }),
      ])
    )
    const idOf = (text: string) => failed.texts.find((each) => each.text === text)!.id

    // One is discarded: nothing tells of it any more, and nothing queues it anew.
    const discarded = { model: MODEL_ID, ids: [idOf("poison two")] }
    expect(await discardTexts(provider.database, discarded)).toBe(1)
    expect(await discardTexts(provider.database, discarded)).toBe(0)
    expect(await status()).toMatchObject({ waiting: 0, failed: 1 })
    expect(await provider.worker.repair()).toBe(0)
    expect((await list("discarded")).texts.map(({ text }) => text)).toEqual(["poison two"])

    // The other is replayed by itself, and a replay of all passes over what was discarded.
    provider.scripted.poison.clear()
    expect(await replayTexts(provider.database, { model: MODEL_ID, ids: [] })).toBe(0)
    expect(
      await replayTexts(provider.database, { model: MODEL_ID, ids: [idOf("poison one")] })
    ).toBe(1)
    expect((await list("waiting")).texts.map(({ text }) => text)).toEqual(["poison one"])
    expect(await replayTexts(provider.database, { model: MODEL_ID })).toBe(0)
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(3)

    // What was discarded comes back when it is named.
    expect(await replayTexts(provider.database, discarded)).toBe(1)
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(4)
    expect(await list("failed")).toEqual({ texts: [], count: 0 })
  })

  it("is given up sooner than a rebuild is", () => {
    const backOffs = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, i) => 2 ** (i + 1))
    const seconds = backOffs.reduce((sum, pause) => sum + pause)
    expect(STALL_LIMIT_MS).toBeGreaterThan(seconds * 1_000)
  })
})

describe("an embedder that is down", () => {
  it("costs no text an attempt, is told once, and is caught up on", async () => {
    const index = await queued(books(3))
    provider.scripted.behaviour = "fail"
    for (let i = 0; i < MAX_ATTEMPTS + 1; i++) {
      expect(await provider.worker.work()).toBe("unavailable")
    }
    const jobs = await database.rows(
      "SELECT DISTINCT attempts, failed_at, locked_by FROM semantic_search_embedding_job"
    )
    expect(jobs).toEqual([{ attempts: 0, failed_at: null, locked_by: null }])
    expect(await status()).toMatchObject({
      waiting: 3,
      last_error: "The embedder function failed: the model server is down",
    })
    expect(provider.warnings).toHaveLength(1)
    provider.scripted.behaviour = "answer"
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(3)
  })
})

describe("a worker that died", () => {
  it("keeps its texts until its lease is over, and then loses them to another", async () => {
    const index = await queued(books(2))
    const lease = (until: string) =>
      database.knex.raw(
        `UPDATE semantic_search_embedding_job SET locked_by = 'dead', locked_until = now() + ?::interval`,
        [until]
      )
    await lease("30 seconds")
    expect(await provider.worker.work()).toBe("idle")
    await lease("-1 second")
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(2)
  })
})

describe("a queue that was emptied by hand", () => {
  it("is filled again, with the very texts that the documents have", async () => {
    const texts = [" whale\n", "robot\ttin", "  \u00a0love  "]
    const index = await queued(texts.map((embedding, i) => ({ id: `b${i}`, embedding })))
    const before = await database.rows(
      "SELECT content_hash, content FROM semantic_search_embedding_job ORDER BY content_hash"
    )
    await database.knex.raw("TRUNCATE semantic_search_embedding_job")
    expect(await provider.worker.work()).toBe("idle")
    expect(await provider.worker.repair()).toBe(3)
    const after = await database.rows(
      "SELECT content_hash, content FROM semantic_search_embedding_job ORDER BY content_hash"
    )
    expect(after).toEqual(before)
    expect(await provider.worker.repair()).toBe(0)
    await provider.embedAll()
    expect((await coverage(index)).with_vector).toBe(3)
  })

  it("is bypassed where the embedding is known", async () => {
    const index = await queued(books(2))
    await provider.embedAll()
    provider.scripted.calls.length = 0
    await database.knex.raw(`UPDATE semantic_search_doc_${index.physical_name} SET v0 = NULL`)
    const physical = await provider.catalogue.retrieve(index.physical_name)
    expect(await requeueMissing(provider.database, physical)).toBe(2)
    expect((await coverage(index)).with_vector).toBe(2)
    expect(provider.scripted.calls).toEqual([])
  })

  it("is left alone where a text was set aside", async () => {
    const index = await queued([{ id: "bad", embedding: "poison" }])
    await database.knex.raw("UPDATE semantic_search_embedding_job SET failed_at = now()")
    const physical = await provider.catalogue.retrieve(index.physical_name)
    expect(await requeueMissing(provider.database, physical)).toBe(0)
  })
})

describe("waiting for the vectors of a seed", () => {
  /** How long without progress is a standstill here, in milliseconds. */
  const STALL = 300

  async function wait(index: ReturnType<typeof version>) {
    const physical = await provider.catalogue.retrieve(index.physical_name)
    const { database, catalogue, worker } = provider
    const logger = { warn: (message: string) => provider.warnings.push(message) } as never
    const task = { index: index.physical_name, status: "enqueued" as const }
    const stalling = { database, catalogue, worker, logger, stallLimitMs: STALL }
    return await waitForVectors(task, physical, stalling)
  }

  it("makes them where no worker runs", async () => {
    const index = await queued(books(70))
    expect(await wait(index)).toMatchObject({ status: "succeeded" })
    expect(await coverage(index)).toEqual({ documents: 70, embeddable: 70, with_vector: 70 })
  })

  it("lets another worker have the texts, as long as they come", async () => {
    const index = await queued(books(1))
    await database.knex.raw(
      "UPDATE semantic_search_embedding_job SET locked_by = 'other', locked_until = now() + interval '1 minute'"
    )
    const waiting = wait(index)
    await database.knex.raw("UPDATE semantic_search_embedding_job SET locked_until = NULL")
    expect(await waiting).toMatchObject({ status: "succeeded" })
  })

  it("has a first version go live for search by keyword when they don't come", async () => {
    const index = await queued(books(2))
    provider.scripted.behaviour = "fail"
    expect(await wait(index)).toMatchObject({ status: "succeeded" })
    expect(provider.warnings.join()).toMatch(/2 document\(s\) of "queue\d+_v1" wait for vectors/)
  })

  it("has a later version fail, so that the one before it goes on serving", async () => {
    const first = await queued(books(2))
    await provider.embedAll()
    const next = version(first.name, 2)
    await provider.service.upsertIndex({ index: next })
    await seed(provider.service, next, [{ id: "b0", embedding: "changed" }])
    provider.scripted.behaviour = "fail"
    expect(await wait(next)).toMatchObject({
      status: "failed",
      error: { message: expect.stringContaining("1 document(s)") },
    })
  })

  it("doesn't wait for a text that was set aside", async () => {
    const index = await queued(books(1))
    await database.knex.raw("UPDATE semantic_search_embedding_job SET failed_at = now()")
    expect(await wait(index)).toMatchObject({ status: "succeeded" })
    expect(provider.warnings).toEqual([])
  })
})

describe("the figures", () => {
  it("tell the age of the oldest text and the latest error", async () => {
    await queued(books(2))
    await database.knex.raw(
      "UPDATE semantic_search_embedding_job SET created_at = now() - interval '5 minutes'"
    )
    const { oldest_seconds, ...rest } = await status()
    expect(oldest_seconds).toBeGreaterThanOrEqual(300)
    expect(oldest_seconds).toBeLessThan(310)
    expect(rest).toEqual({ waiting: 2, failed: 0, last_error: null })
  })

  it("are all zero for a queue that is empty", async () => {
    expect(await status()).toEqual({ waiting: 0, oldest_seconds: 0, failed: 0, last_error: null })
  })
})
