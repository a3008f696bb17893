import {
  type ScriptedEmbeddingServer,
  startScriptedEmbeddingServer,
} from "../../src/embedding/testing/scripted-embedding-server"
import { EmbeddingWorker } from "../../src/providers/pgvector/embedding-queue/embedding-worker"
import { MAX_ATTEMPTS } from "../../src/providers/pgvector/embedding-queue/fail-jobs"
import {
  KEEP_TOMBSTONES_DAYS,
  KEEP_UNUSED_DAYS,
  prune,
} from "../../src/providers/pgvector/embedding-queue/prune"
import {
  queueStatus,
  vectorCoverage,
} from "../../src/providers/pgvector/embedding-queue/queue-status"
import { waitForVectors } from "../../src/providers/pgvector/embedding-queue/wait-for-vectors"
import { type Book, find, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { bagOfWords, DIMENSIONS, SIMILARITY } from "./scripted-embedder"
import { until } from "./until"

let database: TestDatabase

beforeAll(async () => {
  // Fewer connections than there are searches and lanes.
  database = await openDatabase({ pool: { min: 0, max: 2 } })
})
afterAll(() => database.close())

beforeEach(async () => {
  // What an earlier test has left would be repaired and pruned here.
  const { catalogue, service } = database.provider()
  for (const { name } of await catalogue.list()) {
    await service.deleteIndex({ index: name })
  }
  await database.knex.raw("TRUNCATE semantic_search_embedding_job, semantic_search_embedding")
})
afterEach(() => jest.restoreAllMocks())

let count = 0

/** An index whose documents wait for their vectors. */
async function queued(provider: Provider, books: Book[]) {
  const index = version(`faults${count++}`, 1)
  await provider.service.upsertIndex({ index })
  await write(provider.service, index, books)
  return index
}

/** Books with texts of their own. */
function books(number: number): Book[] {
  return Array.from({ length: number }, (_, i) => ({ id: `b${i}`, embedding: `whale number ${i}` }))
}

async function withVector({ catalogue, database }: Provider, index: ReturnType<typeof version>) {
  const physical = await catalogue.retrieve(index.physical_name)
  return (await vectorCoverage(database, physical)).with_vector
}

const jobs = () =>
  database.rows<{ content: string; attempts: number; locked_by: string | null; dead: boolean }>(
    `SELECT content, attempts, locked_by, failed_at IS NOT NULL AS dead
     FROM semantic_search_embedding_job ORDER BY content`
  )

/** Lets texts that wait for another attempt be due. */
const letTimePass = () =>
  database.knex.raw("UPDATE semantic_search_embedding_job SET run_at = now() - interval '1 second'")

describe("with an embedding server", () => {
  const MODEL = "bag-of-words"
  let server: ScriptedEmbeddingServer

  beforeEach(async () => {
    server = await startScriptedEmbeddingServer("openai", bagOfWords)
  })
  afterEach(() => server.stop())

  function serverProvider(options = {}): Provider {
    return database.provider({
      embedder: {
        type: "openai",
        base_url: `${server.url}/v1`,
        model: MODEL,
        dimensions: DIMENSIONS,
        similarity: SIMILARITY,
        max_retries: 0,
        batch_size: 16,
        concurrency: 1,
        ...options,
      },
    })
  }

  const sizes = () => server.requests.map(({ body }) => body.input.length)

  describe("that wants fewer requests", () => {
    it("is left alone for as long as it says, and no text pays for it", async () => {
      const provider = serverProvider()
      const index = await queued(provider, books(40))
      server.fault = () => ({ status: 429, body: "slow down", headers: { "retry-after": "20" } })
      expect(await provider.worker.work()).toBe("unavailable")
      expect(provider.worker.leftAloneFor).toBeGreaterThan(19_000)
      // One lane was told; what the other had claimed is given back as well.
      const asked = server.requests.length
      expect(await jobs()).toEqual(
        new Array(40).fill(expect.objectContaining({ attempts: 0, locked_by: null, dead: false }))
      )

      server.fault = undefined
      expect(await provider.worker.work()).toBe("unavailable")
      expect(server.requests).toHaveLength(asked)

      jest.spyOn(Date, "now").mockReturnValue(Date.now() + 20_000)
      await provider.embedAll()
      expect(await withVector(provider, index)).toBe(40)
      expect(sizes().slice(asked).sort()).toEqual([16, 16, 8])
    })

    it("is told by the loop's pause, which no new text ends", async () => {
      const provider = serverProvider()
      const timers = jest.spyOn(globalThis, "setTimeout")
      const pauses = () => timers.mock.calls.map(([, ms]) => ms ?? 0).filter((ms) => ms > 19_000)
      server.fault = () => ({ status: 429, body: "slow down", headers: { "retry-after": "20" } })
      const index = await queued(provider, books(1))
      provider.worker.start()
      try {
        await until("the loop pauses", () => pauses().length > 0)
        // Another lane may just have claimed the text anew, to find the server closed.
        await until("the text is given back", async () =>
          (await jobs()).every(({ locked_by }) => locked_by === null)
        )
        await write(provider.service, index, books(2))
        expect((await jobs()).map(({ locked_by }) => locked_by)).toEqual([null, null])
        expect(pauses().filter((ms) => ms <= 20_000)).toHaveLength(1)
      } finally {
        await provider.worker.stop()
      }
      expect(server.requests).toHaveLength(1)
      expect(provider.warnings).toEqual([
        expect.stringMatching(/can't be embedded at present: .* answered 429: slow down/),
      ])
    })

    it("fails no rebuild that waits for its vectors", async () => {
      const provider = serverProvider()
      const index = await queued(provider, books(3))
      let limits = 1
      server.fault = () =>
        limits-- > 0
          ? { status: 429, body: "slow down", headers: { "retry-after": "1" } }
          : undefined
      const physical = await provider.catalogue.retrieve(index.physical_name)
      const logger = { warn: (message: string) => provider.warnings.push(message) } as never
      const { database, catalogue, worker } = provider
      const waited = await waitForVectors({ index: physical.name, status: "enqueued" }, physical, {
        database,
        catalogue,
        worker,
        logger,
        stallLimitMs: 300,
      })
      expect(waited).toMatchObject({ status: "succeeded" })
      expect(await withVector(provider, index)).toBe(3)
    })
  })

  it("that breaks down gets the same batches again, not smaller ones", async () => {
    const provider = serverProvider()
    const index = await queued(provider, books(16))
    server.fault = () => ({ status: 500, body: "out of memory" })
    for (let i = 0; i < 3; i++) {
      expect(await provider.worker.work()).toBe("unavailable")
    }
    server.fault = undefined
    await provider.embedAll()
    // After each failure it is asked how it is.
    expect(sizes()).toEqual([16, 1, 16, 1, 16, 1, 16])
    expect(await withVector(provider, index)).toBe(16)
  })

  it("that answers vectors of another length stores none of them", async () => {
    const provider = serverProvider({ dimensions: DIMENSIONS })
    const index = await queued(provider, books(2))
    server.fault = ({ body }) => ({
      body: { data: body.input.map((_, i) => ({ index: i, embedding: [1, 0] })) },
    })
    expect(await provider.worker.work()).toBe("unavailable")
    expect(await withVector(provider, index)).toBe(0)
    expect((await queueStatus(provider.database, provider.embedder.id)).last_error).toMatch(
      `has 2 components instead of ${DIMENSIONS}`
    )
  })

  it("that refuses some texts gets the others once, and the refused ones together", async () => {
    const provider = serverProvider()
    const refused = ["poison 1", "poison 2", "poison 3"]
    const index = await queued(provider, [
      ...books(13),
      ...refused.map((embedding, i) => ({ id: `p${i}`, embedding })),
    ])
    const bad = (input: string[]) => input.some((text) => text.startsWith("poison"))
    server.fault = ({ body }) => (bad(body.input) ? { status: 400, body: "no" } : undefined)
    await provider.embedAll()
    expect(await withVector(provider, index)).toBe(13)
    const answered = server.requests
      .flatMap(({ body }) => (bad(body.input) ? [] : body.input))
      .filter((text) => text !== "a")
    expect(answered.sort()).toEqual(
      books(13)
        .map(({ embedding }) => embedding)
        .sort()
    )

    server.requests.length = 0
    await letTimePass()
    await write(provider.service, index, [{ id: "new", embedding: "robot" }])
    await provider.embedAll()
    // The new text goes apart from those that failed before, and these go together first.
    expect(server.requests.map(({ body }) => body.input.length)).toContain(3)
    expect(server.requests.filter(({ body }) => body.input.includes("robot"))).toHaveLength(1)

    for (let attempt = 3; attempt <= MAX_ATTEMPTS; attempt++) {
      await letTimePass()
      await provider.embedAll()
    }
    expect(await jobs()).toEqual(
      refused.map((content) => ({ content, attempts: MAX_ATTEMPTS, locked_by: null, dead: true }))
    )
    const errors = await database.rows("SELECT last_error FROM semantic_search_embedding_job")
    expect(errors).toEqual(
      new Array(3).fill({ last_error: expect.stringContaining("answered 400: no") })
    )
  })

  it("that breaks of one text, without refusing it, is found out; the others go on", async () => {
    const provider = serverProvider()
    const index = await queued(provider, [...books(9), { id: "p", embedding: "poison" }])
    server.fault = ({ body }) => (body.input.includes("poison") ? "cut" : undefined)
    await provider.embedAll()
    expect(await withVector(provider, index)).toBe(9)
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt++) {
      await letTimePass()
      await provider.embedAll()
    }
    expect(await jobs()).toEqual([
      { content: "poison", attempts: MAX_ATTEMPTS, locked_by: null, dead: true },
    ])
  })

  it("that goes down half-way keeps what it has answered", async () => {
    const provider = serverProvider()
    const index = await queued(provider, [...books(15), { id: "p", embedding: "poison" }])
    let requests = 0
    // The whole batch is refused, its first half is embedded, and then the server is down.
    server.fault = () => {
      requests++
      return requests === 1
        ? { status: 400, body: "no" }
        : requests === 2
          ? undefined
          : { status: 500, body: "down" }
    }
    expect(await provider.worker.work()).toBe("unavailable")
    expect(await withVector(provider, index)).toBe(8)
    expect(await jobs()).toEqual(
      new Array(8).fill(expect.objectContaining({ attempts: 0, locked_by: null, dead: false }))
    )
  })
})

describe("a slow embedder", () => {
  it("keeps its claims for as long as it takes, so that nobody embeds its texts as well", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(3))
    const logger = { info() {}, warn() {} } as never
    const slow = new EmbeddingWorker({ ...provider, logger, leaseSeconds: 1 })
    const other = database.provider({}, provider.scripted)
    provider.scripted.behaviour = "hang"
    const working = slow.work()
    await until("the model is asked", () => provider.scripted.calls.length === 3)
    const [{ first }] = await database.rows<{ first: Date }>(
      "SELECT min(locked_until) AS first FROM semantic_search_embedding_job"
    )
    await until("the first lease would be over", async () => {
      const [{ over }] = await database.rows<{ over: boolean }>("SELECT now() > ? AS over", [first])
      return over
    })
    expect(await other.worker.work()).toBe("idle")
    provider.scripted.release()
    expect(await working).toBe("embedded")
    expect(provider.scripted.calls).toHaveLength(3)
    expect(await withVector(provider, index)).toBe(3)
  })

  it("holds no connection while it computes: ten searches run on a pool of two", async () => {
    const provider = database.provider({ embedding_timeout_ms: 20 })
    const index = await queued(provider, [{ id: "moby", title: "whale", embedding: "ocean" }])
    provider.scripted.behaviour = "hang"
    const working = provider.worker.work()
    await until("the model is asked", () => provider.scripted.calls.includes("ocean"))
    const searches = Array.from({ length: 10 }, () => find(provider.service, index, { q: "whale" }))
    const statements = Array.from({ length: 10 }, () => database.rows("SELECT 1 AS one"))
    for (const { hits } of await Promise.all(searches)) {
      expect(hits.map(({ id }) => id)).toEqual(["moby"])
    }
    expect(await Promise.all(statements)).toEqual(new Array(10).fill([{ one: 1 }]))
    expect(await withVector(provider, index)).toBe(0)
    provider.scripted.release()
    await working
    expect(await withVector(provider, index)).toBe(1)
  })

  it("has the queue used through one connection, however many lanes there are", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(150))
    let open = 0
    let most = 0
    const counted = <Run extends (...args: never[]) => Promise<unknown>>(run: Run) =>
      (async (...args: never[]) => {
        most = Math.max(most, ++open)
        try {
          return await run(...args)
        } finally {
          open--
        }
      }) as Run
    const { database: store } = provider
    const [query, transaction] = [store.query.bind(store), store.transaction.bind(store)]
    jest.spyOn(store, "query").mockImplementation(counted(query) as never)
    jest.spyOn(store, "transaction").mockImplementation(counted(transaction) as never)
    await provider.embedAll()
    expect(most).toBe(1)
    expect(await withVector(provider, index)).toBe(150)
  })
})

describe("vectors that can't be stored", () => {
  const failOnce = (provider: Provider, code: string) =>
    jest
      .spyOn(provider.database, "transaction")
      .mockRejectedValueOnce(Object.assign(new Error(`error ${code}`), { code }))

  it.each(["40P01", "40001"])(
    "for a conflict (%s) are stored anew, not made anew",
    async (code) => {
      const provider = database.provider()
      const index = await queued(provider, books(3))
      failOnce(provider, code)
      expect(await provider.worker.work()).toBe("embedded")
      expect(provider.scripted.calls).toHaveLength(3)
      expect(await withVector(provider, index)).toBe(3)
    }
  )

  it("leave their texts to whoever comes next, not to the end of the lease", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(3))
    failOnce(provider, "53100")
    await expect(provider.worker.work()).rejects.toThrow("error 53100")
    expect(await jobs()).toEqual(
      new Array(3).fill(expect.objectContaining({ attempts: 0, locked_by: null }))
    )
    await provider.embedAll()
    expect(await withVector(provider, index)).toBe(3)
  })
})

describe("a worker that lost its claim", () => {
  it("doesn't take the text away from who has it now", async () => {
    const provider = database.provider()
    await queued(provider, [{ id: "bad", embedding: "poison" }])
    provider.scripted.poison.add("poison")
    provider.scripted.behaviour = "hang"
    const working = provider.worker.work()
    await until("the model is asked", () => provider.scripted.calls.length === 1)
    await database.knex.raw("UPDATE semantic_search_embedding_job SET locked_by = 'other'")
    provider.scripted.release()
    await working
    expect(await jobs()).toEqual([
      { content: "poison", attempts: 0, locked_by: "other", dead: false },
    ])
  })
})

describe("two workers", () => {
  it("in their loops embed every text once", async () => {
    const provider = database.provider()
    const other = database.provider({}, provider.scripted)
    const index = await queued(provider, books(300))
    provider.worker.start()
    other.worker.start()
    try {
      await until("all are embedded", async () => (await withVector(provider, index)) === 300)
    } finally {
      await Promise.all([provider.worker.stop(), other.worker.stop()])
    }
    expect(provider.scripted.calls).toHaveLength(300)
    expect(new Set(provider.scripted.calls).size).toBe(300)
  })
})

describe("pruning", () => {
  const run = async (provider: Provider) =>
    await prune(provider.database, await provider.catalogue.list())

  const embeddings = async () =>
    (await database.rows("SELECT 1 FROM semantic_search_embedding")).length

  const age = (days: number) =>
    database.knex.raw(
      `UPDATE semantic_search_embedding SET unused_since = unused_since - ? * interval '1 day'`,
      [days]
    )

  it("forgets an embedding that no document has needed for a week, and no other", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(3))
    await provider.embedAll()
    await write(provider.service, index, [{ id: "b0", embedding: "changed" }])
    await provider.embedAll()
    expect(await embeddings()).toBe(4)
    expect((await run(provider)).embeddings).toBe(0)
    await age(KEEP_UNUSED_DAYS - 1)
    expect((await run(provider)).embeddings).toBe(0)
    await age(1)
    expect((await run(provider)).embeddings).toBe(1)
    expect(await embeddings()).toBe(3)
    expect(await withVector(provider, index)).toBe(3)
  })

  it("starts to count anew once an embedding was needed again", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(1))
    await provider.embedAll()
    const [original] = books(1)
    await write(provider.service, index, [{ id: "b0", embedding: "changed" }])
    await provider.embedAll()
    await run(provider)
    await age(KEEP_UNUSED_DAYS - 1)
    provider.scripted.calls.length = 0
    await write(provider.service, index, [original])
    expect(await withVector(provider, index)).toBe(1)
    expect(provider.scripted.calls).toEqual([])
    await run(provider)
    await write(provider.service, index, [{ id: "b0", embedding: "changed" }])
    await run(provider)
    await age(KEEP_UNUSED_DAYS - 1)
    expect((await run(provider)).embeddings).toBe(0)
  })

  it("keeps what an older version of an index needs, and another index", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(2))
    await provider.embedAll()
    await provider.service.upsertIndex({ index: version(index.name, 2) })
    await run(provider)
    await age(KEEP_UNUSED_DAYS)
    expect((await run(provider)).embeddings).toBe(0)
    await provider.service.deleteIndex({ index: index.physical_name })
    await run(provider)
    await age(KEEP_UNUSED_DAYS)
    expect((await run(provider)).embeddings).toBe(2)
  })

  it("removes queued and set-aside texts that no document has any more, unless they are claimed", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(4))
    const changed = books(3).map(({ id }) => ({ id, embedding: `changed ${id}` }))
    await write(provider.service, index, changed)
    const set = (change: string, content: string) =>
      database.knex.raw(`UPDATE semantic_search_embedding_job SET ${change} WHERE content = ?`, [
        content,
      ])
    await set("failed_at = now()", "whale number 1")
    await set("locked_until = now() + interval '1 minute'", "whale number 2")
    expect((await run(provider)).jobs).toBe(2)
    expect((await jobs()).map(({ content }) => content)).toEqual([
      ...changed.map(({ embedding }) => embedding),
      "whale number 2",
      "whale number 3",
    ])
  })

  it("forgets old deletions", async () => {
    const provider = database.provider()
    const index = await queued(provider, books(2))
    for (const id of ["b0", "b1"]) {
      await provider.service.deleteDocuments({ index: index.physical_name, filters: { id } })
    }
    await database.knex.raw(
      `UPDATE semantic_search_tombstone SET deleted_at = deleted_at - ? * interval '1 day'
       WHERE id = 'b0'`,
      [KEEP_TOMBSTONES_DAYS]
    )
    expect((await run(provider)).tombstones).toBe(1)
    const rows = await database.rows("SELECT id FROM semantic_search_tombstone")
    expect(rows).toEqual([{ id: "b1" }])
  })

  it("is part of the worker's repair, and done by one process at a time", async () => {
    const provider = database.provider()
    await queued(provider, books(1))
    await database.knex.raw("UPDATE semantic_search_embedding_job SET content_hash = 'nobody'")
    const lock = await database.knex.transaction()
    try {
      await lock.raw("SELECT pg_advisory_xact_lock(hashtextextended('semantic_search:prune', 0))")
      expect((await run(provider)).jobs).toBe(0)
    } finally {
      await lock.rollback()
    }
    await provider.worker.repair()
    expect((await jobs()).map(({ content }) => content)).toEqual(["whale number 0"])
    const hashes = await database.rows("SELECT content_hash FROM semantic_search_embedding_job")
    expect(hashes).not.toContainEqual({ content_hash: "nobody" })
  })
})
