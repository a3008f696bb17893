import { calibrate } from "../../src/providers/pgvector/calibration"
import { type Book, filled, keywordVersion, version } from "./books"
import { openDatabase, type TestDatabase } from "./harness"

let database: TestDatabase

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

/** One book of each theme among many that are about nothing in particular. */
const BOOKS: Book[] = [
  ...["whale", "robot", "love"].map((embedding) => ({ id: embedding, embedding })),
  ...Array.from({ length: 57 }, (_, i) => ({ id: `b${i}`, embedding: `tea cake plate ${i}` })),
]

describe("calibrating", () => {
  it("puts the floor above what nearly all documents have, and the ceiling at the nearest", async () => {
    const provider = database.provider()
    await filled(provider, version("scale", 1), BOOKS)
    const measured = await calibrate(provider, "scale", ["ocean", "android", "garden"])
    expect(measured).toMatchObject({
      index: "scale_v1",
      model: provider.embedder.id,
      documents: 60,
      searches: [
        { text: "ocean", nearest: 1, above_floor: expect.any(Number) },
        { text: "android", nearest: 1, above_floor: expect.any(Number) },
        { text: "garden", nearest: expect.any(Number), above_floor: expect.any(Number) },
      ],
    })
    const { floor, ceiling } = measured.proposed
    expect(ceiling).toBe(1)
    expect(floor).toBeLessThan(0.3)
    expect(measured.searches[2].nearest).toBeLessThan(0.3)
  })

  it("refuses an index without vectors of the model, and to measure with nothing", async () => {
    const provider = database.provider()
    await provider.service.upsertIndex({ index: keywordVersion("words", 1) })
    await expect(calibrate(provider, "words", ["ocean"])).rejects.toThrow(
      /No version of the index "words" has vectors of the model bag-of-words@1/
    )
    await filled(provider, version("empty", 1), BOOKS.slice(0, 1))
    await expect(calibrate(provider, "empty", [])).rejects.toThrow(/at least one search/)
  })
})
