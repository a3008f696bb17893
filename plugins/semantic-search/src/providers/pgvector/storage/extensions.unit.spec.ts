import type { Database } from "../database"
import { isOlder, loadExtensions } from "./extensions"

/** A database that has these extensions. */
function databaseWith(...rows: { name: string; schema: string; version: string }[]): Database {
  return { query: async <Row>() => rows as Row[] }
}

const TRGM = { name: "pg_trgm", schema: "extensions", version: "1.6" }
const UNACCENT = { name: "unaccent", schema: 'odd"name', version: "1.1" }
const VECTOR = { name: "vector", schema: "public", version: "0.8.4" }

describe("loadExtensions", () => {
  it("names each extension's schema, quoted", async () => {
    const found = await loadExtensions(databaseWith(VECTOR, TRGM, UNACCENT))
    expect([found.vector.sql, found.trgm.sql, found.unaccent.sql]).toEqual([
      '"public"',
      '"extensions"',
      '"odd""name"',
    ])
    expect(found.vector_version).toBe("0.8.4")
  })

  it("gives the statements that create all that are missing", async () => {
    await expect(loadExtensions(databaseWith(TRGM))).rejects.toThrow(
      'CREATE EXTENSION "vector"; CREATE EXTENSION "unaccent";'
    )
  })

  it("refuses an old pgvector by the version that is needed and the one that is there", async () => {
    const old = { ...VECTOR, version: "0.6.2" }
    await expect(loadExtensions(databaseWith(old, TRGM, UNACCENT))).rejects.toThrow(
      /needs pgvector 0\.8\.4 or newer, and this database has 0\.6\.2\..*ALTER EXTENSION "vector" UPDATE;/
    )
  })
})

describe("isOlder", () => {
  it.each([
    ["0.8.4", "0.8.4", false],
    ["0.8.3", "0.8.4", true],
    ["0.8.10", "0.8.4", false],
    ["0.9", "0.8.4", false],
    ["1", "0.99.99", false],
    ["0.8", "0.8.0", false],
    ["0.8", "0.8.1", true],
    ["0.7.9", "0.8.0", true],
    ["0.8.4-dev", "0.8.4", false],
  ])("%s than %s: %s", (version, than, expected) => {
    expect(isOlder(version, than)).toBe(expected)
  })
})
