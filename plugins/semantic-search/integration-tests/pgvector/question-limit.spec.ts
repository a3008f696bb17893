import { createQuestionLimiter } from "../../src/assistant/rate-limit/question-limiter"
import { openDatabase, type TestDatabase } from "./harness"

const SECONDS = 60

let database: TestDatabase
let warnings: string[]

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  warnings = []
  await database.rows("TRUNCATE semantic_search_question_count")
})
afterEach(() => jest.restoreAllMocks())

/** A limiter of a process of its own. */
const limiter = (limits = {}) =>
  createQuestionLimiter(
    database.knex as never,
    { questions: 2, addressQuestions: 3, seconds: SECONDS, ...limits },
    (message) => warnings.push(message)
  )

const guest = (place: string) => ({ shopper: place, address: place })
const customer = (name: string, place: string) => ({ shopper: name, address: place })

describe("questions to the assistant", () => {
  it("are counted over all processes", async () => {
    const [one, other] = [limiter(), limiter()]
    expect(await one.count(guest("a"))).toBeUndefined()
    expect(await other.count(guest("a"))).toBeUndefined()
    for (const each of [one, other]) {
      const wait = await each.count(guest("a"))
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(SECONDS)
    }
    expect(warnings).toEqual([])
  })

  it("asked at once through several processes are not undercounted", async () => {
    const processes = Array.from({ length: 4 }, () =>
      limiter({ questions: 10, addressQuestions: 50 })
    )
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, i) => processes[i % 4].count(guest("a")))
    )
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(10)
  })

  it("of one shopper keep no other from asking", async () => {
    const one = limiter()
    for (let i = 0; i < 5; i++) {
      await one.count(guest("a"))
    }
    expect(await one.count(guest("b"))).toBeUndefined()
  })

  it("of one address end, whatever the number of its customers", async () => {
    const one = limiter()
    for (const name of ["x", "y", "z"]) {
      expect(await one.count(customer(name, "a"))).toBeUndefined()
    }
    expect(await one.count(customer("w", "a"))).toBeGreaterThan(0)
  })

  it("past a shopper's limit use up nothing of the address's", async () => {
    const one = limiter()
    for (let i = 0; i < 9; i++) {
      await one.count(customer("x", "a"))
    }
    expect(await one.count(customer("y", "a"))).toBeUndefined()
  })

  it("may be asked again when the window ends", async () => {
    const one = limiter()
    for (let i = 0; i < 4; i++) {
      await one.count(guest("a"))
    }
    const now = Date.now()
    jest.spyOn(Date, "now").mockReturnValue(now + SECONDS * 1_000 + 1)
    expect(await one.count(guest("a"))).toBeUndefined()
    expect(await limiter().count(guest("a"))).toBeUndefined()
    expect(await limiter().count(guest("a"))).toBeGreaterThan(0)
  })

  it("are answered while the table is away, counted by each process for itself", async () => {
    await database.rows("ALTER TABLE semantic_search_question_count RENAME TO gone")
    try {
      const [one, other] = [limiter(), limiter()]
      expect(await one.count(guest("a"))).toBeUndefined()
      expect(await one.count(guest("a"))).toBeUndefined()
      expect(await one.count(guest("a"))).toBeGreaterThan(0)
      expect(await other.count(guest("a"))).toBeUndefined()
      expect(warnings[0]).toMatch(/semantic_search_question_count.*does not exist/)
    } finally {
      await database.rows("ALTER TABLE gone RENAME TO semantic_search_question_count")
    }
    expect(await limiter().count(guest("a"))).toBeUndefined()
  })

  it("are answered while Postgres refuses connections", async () => {
    const refused = new Error("connect ECONNREFUSED")
    const pool = {
      client: {
        acquireConnection: () => Promise.reject(refused),
        releaseConnection: () => Promise.resolve(),
      },
    }
    const one = createQuestionLimiter(
      pool,
      { questions: 2, addressQuestions: 3, seconds: SECONDS },
      (message) => warnings.push(message)
    )
    expect(await one.count(guest("a"))).toBeUndefined()
    expect(warnings[0]).toMatch(/ECONNREFUSED/)
  })

  it("leave no prepared statement on a connection, which a pooler may give to another", async () => {
    await limiter().count(guest("a"))
    expect(await database.rows("SELECT name FROM pg_prepared_statements")).toEqual([])
  })
})
