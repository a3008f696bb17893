import { OURS, THEIRS } from "./bench-scenarios.mjs"
import { activeIndex, round } from "./bench-target.mjs"
import { withDatabase } from "./database.mjs"
import { ToolError } from "./errors.mjs"
import { waitFor } from "./network.mjs"

/** An index of a million products takes hours. */
const BUILD_LIMIT_MS = 24 * 60 * 60_000
const MEGABYTE = 1e6

/** @typedef {import("./bench-target.mjs").Target} Target */

async function requestJson(url, options) {
  const response = await fetch(url, options)
  if (!response.ok) throw new ToolError(`${url} answered ${response.status}.`)
  return response.json()
}

/**
 * Builds an index in the running application.
 *
 * @param {Target} target
 * @param {string} engine
 * @returns {Promise<{ ms: number, event_loop_ms: { p50: number, p99: number, max: number }, rss_bytes: number }>}
 */
export async function buildIndex(target, engine, report) {
  const { url, dataset, signal, failed } = target
  const index = dataset.indexes[engine]
  const builds = `${url}/bench/builds`
  await requestJson(builds, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ index }),
  })
  return waitFor(
    async () => {
      const build = await requestJson(builds)
      report.count(build.documents, dataset.count, `products in ${engine}`)
      if (build.running) return undefined
      if (build.error) throw new ToolError(`${index} could not be built: ${build.error}`)
      return build
    },
    { what: `The index ${index}`, limitMs: BUILD_LIMIT_MS, signal, failed }
  )
}

/** What a physical index takes of the disk, in bytes; its vector index by itself. */
async function sizeOf(query, physicalName) {
  const [row] = await query(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 as total,
       coalesce((select sum(pg_relation_size(x.indexrelid)) from pg_index x
         join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
         where a.amname = 'hnsw' and x.indrelid = any(array_agg(c.oid))), 0)::float8 as vectors
     from pg_class c where c.relkind = 'r' and c.relname ~ ('(^|_)' || $1 || '$')`,
    [physicalName]
  )
  return row
}

/** The bytes of the table in which embeddings are kept over rebuilds. */
export const embeddingBytes = (databaseUrl) =>
  withDatabase(databaseUrl, async (query) => {
    const [{ bytes }] = await query(
      "select coalesce(pg_total_relation_size(to_regclass('semantic_search_embedding')), 0)::float8 as bytes"
    )
    return bytes
  })

/**
 * What the indexes take of the disk, in megabytes.
 *
 * @param {Target} target
 * @param {number} keptBytes What the kept embeddings took before.
 */
export async function measureDisk(target, keptBytes) {
  const { databaseUrl } = target
  const kept = (await embeddingBytes(databaseUrl)) - keptBytes
  const names = [await activeIndex(target, OURS), await activeIndex(target, THEIRS)]
  return withDatabase(databaseUrl, async (query) => {
    const [ours, theirs] = [await sizeOf(query, names[0]), await sizeOf(query, names[1])]
    return {
      pgvector_mb: round(ours.total / MEGABYTE, 1),
      pgvector_vector_index_mb: round(ours.vectors / MEGABYTE, 1),
      kept_embeddings_mb: round(kept / MEGABYTE, 1),
      search_postgres_mb: round(theirs.total / MEGABYTE, 1),
    }
  })
}
