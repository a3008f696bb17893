import type { SemanticSearchStatus } from "../modules/semantic-search/status"
import { findings, type IndexState } from "./findings"

type Version = SemanticSearchStatus["indexes"][number]

const VERSION: Version = {
  name: "product_v1",
  root: "product",
  version: 1,
  active: true,
  model: "m@1",
  documents: 100,
  embeddable: 100,
  with_vector: 100,
}

const INDEX: IndexState = { name: "product", status: "ready", active: VERSION, building: null }

const STATUS: SemanticSearchStatus = {
  registered: true,
  extension: { version: "0.8.6", error: null },
  embedder: { model: "m@1", ready: true, error: null },
  worker_running: true,
  indexes: [VERSION],
  queue: { waiting: 0, oldest_seconds: 0, failed: 0, last_error: null },
  refresh_waiting: 0,
  reconciliations: [],
}

function examine({
  status = {},
  index = {},
  workerExpected = true,
}: {
  status?: Partial<SemanticSearchStatus>
  index?: Partial<IndexState>
  workerExpected?: boolean
}) {
  return findings({ ...STATUS, ...status }, [{ ...INDEX, ...index }], { workerExpected })
}

describe("findings", () => {
  it("are none where all is well", () => {
    expect(examine({})).toEqual([])
  })

  it.each<[string, Parameters<typeof examine>[0], "error" | "warning", string, string]>([
    [
      "the provider isn't registered",
      { status: { registered: false } },
      "error",
      `"pgvector" search provider isn't registered`,
      "medusa-config.ts",
    ],
    [
      "an extension is missing",
      { status: { extension: { version: null, error: "needs the Postgres extension(s) vector" } } },
      "error",
      "needs the Postgres extension(s) vector",
      "as said",
    ],
    [
      "the weights are missing",
      { status: { embedder: { model: "m@1", ready: false, error: "put them at models/" } } },
      "error",
      "keyword only: put them at models/",
      "weights",
    ],
    [
      "the index was never built",
      { index: { active: null, status: "pending" } },
      "error",
      `"product" has never been built (pending)`,
      "db:migrate",
    ],
    [
      "the index is empty",
      { index: { active: { ...VERSION, documents: 0, embeddable: 0, with_vector: 0 } } },
      "error",
      `"product" is empty`,
      "/admin/search-indexes/product/reindex",
    ],
    [
      "the index is being built",
      { index: { building: { ...VERSION, version: 2, with_vector: 40 } } },
      "warning",
      "40 of 100 documents have their vectors",
      "worker process",
    ],
    [
      "vectors are missing",
      { index: { active: { ...VERSION, with_vector: 97 } } },
      "warning",
      "3 of 100 documents",
      "queue",
    ],
    [
      "texts were set aside",
      { status: { queue: { ...STATUS.queue, failed: 2, last_error: "too long" } } },
      "error",
      "2 text(s) were set aside after repeated failures; the last error: too long",
      "POST /admin/semantic-search/replay",
    ],
    [
      "the worker stands still",
      { status: { worker_running: false } },
      "error",
      "worker doesn't run",
      "log",
    ],
    [
      "the queue doesn't move",
      { status: { queue: { ...STATUS.queue, waiting: 9, oldest_seconds: 300.4 } } },
      "warning",
      "9 text(s) wait to be embedded, the oldest for 300 s",
      "MEDUSA_WORKER_MODE",
    ],
  ])("say so when %s, and how to mend it", (_, situation, severity, problem, remedy) => {
    expect(examine(situation)).toMatchObject([
      {
        severity,
        problem: expect.stringContaining(problem),
        remedy: expect.stringContaining(remedy),
      },
    ])
  })

  it("say so when no index is bound to the provider", () => {
    expect(findings(STATUS, [], { workerExpected: true })).toMatchObject([
      { severity: "error", problem: expect.stringContaining("No search index") },
    ])
  })

  it("don't ask for a worker in a process that leaves the work to others", () => {
    expect(examine({ status: { worker_running: false }, workerExpected: false })).toEqual([])
  })

  it("name the button where there is one", () => {
    const [found] = examine({ status: { queue: { ...STATUS.queue, failed: 2 } } })
    expect(found.admin_remedy).toContain(`"Replay all"`)
    expect(found.admin_remedy).not.toContain("POST")
  })

  it("don't miss vectors of documents that have no text", () => {
    expect(examine({ index: { active: { ...VERSION, embeddable: 60, with_vector: 60 } } })).toEqual(
      []
    )
  })

  it("bear a text that has just been queued, or is next in line", () => {
    expect(
      examine({ status: { queue: { ...STATUS.queue, waiting: 9, oldest_seconds: 100 } } })
    ).toEqual([])
  })

  it("come together: one trouble hides no other", () => {
    const found = examine({
      status: {
        worker_running: false,
        embedder: { model: "m@1", ready: false, error: "no weights" },
        queue: { waiting: 5, oldest_seconds: 999, failed: 1, last_error: "x" },
      },
      index: { active: { ...VERSION, with_vector: 0 } },
    })
    expect(found).toHaveLength(5)
  })
})
