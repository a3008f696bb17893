import sql, { raw } from "sql-template-tag"
import { identifier, type StoreDatabase } from "../database"
import type { Extensions } from "./extensions"
import { type PhysicalIndex, vectorIndexName } from "./index-catalogue"
import { vectorOperators } from "./vector-type"

/*
 * The vector index (HNSW) of a version is built once, when its documents have come: filling it document
 * by document takes several times as long. Until then all vectors are compared, which finds the same.
 */

/**
 * The least memory for one build, in kilobytes: the graph of 100,000 vectors of 384 dimensions fits. What
 * the server's `maintenance_work_mem` gives beyond it is used: a build whose graph doesn't fit takes
 * several times as long.
 */
const BUILD_MEMORY_KB = 256 * 1024

/**
 * How many candidates are kept for each vector that is linked into the graph; pgvector's own is 64. On
 * 19,406 products (chorus-icecat), many of which are nearly alike, searches then find 98.6 % of the ten
 * nearest instead of 96.0 %, in the same time; the build takes 2.3 times as long, 10 s instead of 4.
 */
const EF_CONSTRUCTION = 200

/**
 * Builds the vector indexes that a version lacks, without holding up its writers. What is there already,
 * or under way in another process, is left alone.
 */
export async function buildVectorIndexes(
  database: StoreDatabase,
  extensions: Extensions,
  index: PhysicalIndex
): Promise<void> {
  for (const vector of index.plan.vectors) {
    const name = vectorIndexName(index.name, vector.column)
    const state = await stateOf(database, name)
    if (state === "valid" || state === "building") {
      continue
    }
    if (state === "broken") {
      await database.query(sql`DROP INDEX IF EXISTS ${identifier(name)}`)
    }
    await database.onOneConnection(
      [
        sql`SELECT set_config('maintenance_work_mem',
          greatest(${BUILD_MEMORY_KB}::int, setting::int)::text || 'kB', false)
          FROM pg_settings WHERE name = 'maintenance_work_mem'`,
        sql`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${identifier(name)}
          ON ${identifier(index.table)}
          USING hnsw (${identifier(vector.column)} ${vectorOperators(vector, extensions)})
          WITH (ef_construction = ${raw(String(EF_CONSTRUCTION))})`,
      ],
      sql`RESET maintenance_work_mem`
    )
  }
}

type State = "valid" | "building" | "broken" | "absent"

async function stateOf(database: StoreDatabase, name: string): Promise<State> {
  const [row] = await database.query<{ valid: boolean; building: boolean }>(sql`
    SELECT i.indisvalid AS valid,
      EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) AS building
    FROM pg_index i WHERE i.indexrelid = to_regclass(${name})`)
  if (!row) {
    return "absent"
  }
  return row.valid ? "valid" : row.building ? "building" : "broken"
}
