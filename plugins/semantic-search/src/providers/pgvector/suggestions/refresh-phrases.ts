import sql, { join, raw, type Sql } from "sql-template-tag"
import { type Database, identifier, type StoreDatabase } from "../database"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { stemConfig } from "../storage/text-search-config"
import { foldedPhrase } from "./folded-phrase"
import { QUERY_KIND, suggestedFields, type SuggestedField } from "./suggest-kind"

/** The channel of documents that know no sales channels. */
export const ANY_CHANNEL = ""

/** A longer text is no phrase that anybody completes. */
const MAX_PHRASE_LENGTH = 120

/** How many searches of shoppers are suggested at most. */
const MAX_QUERIES = 1_000

/** Documents that are looked up for a search of shoppers, to see whether it still finds any. */
const QUERY_SAMPLES = 3

/** So many changed rows make the planner's figures of the table out of date. */
const ANALYZE_FROM = 1_000

export interface PopularQueryOptions {
  /** From how many searches on a text is popular. */
  min_searches: number
  /** How many days searches are remembered. */
  keep_days: number
}

export interface PhraseRefresh {
  /** Phrases that are new or different. */
  written: number
  /** Phrases that no document holds any more. */
  removed: number
}

/**
 * Brings the phrases of an index up to date with its documents and with what shoppers search for. All of
 * them are counted anew, and only rows that differ are written.
 *
 * One statement reads the documents once; at 100,000 of them that takes some seconds, so it is for a
 * worker to run, and not at each change.
 *
 * @returns undefined where another process is just doing the same
 */
export async function refreshPhrases(
  database: StoreDatabase,
  index: PhysicalIndex,
  extensions: Extensions,
  options: PopularQueryOptions
): Promise<PhraseRefresh | undefined> {
  return await database.transaction(async (transaction) => {
    if (!(await tryLock(transaction, index))) {
      return undefined
    }
    await begin(transaction, index)
    const started = performance.now()
    const [result] = await transaction.query<PhraseRefresh>(
      refreshStatement(index, extensions, options)
    )
    if (result.written + result.removed >= ANALYZE_FROM) {
      await transaction.query(sql`ANALYZE ${identifier(index.phrase_table)}`)
    }
    await forgetQueries(transaction, index, options)
    await end(transaction, index, Math.ceil(performance.now() - started))
    return result
  })
}

/**
 * Has the phrases of an index for this transaction. It doesn't wait: a refresh takes seconds, and a
 * connection that waits for it is missing elsewhere.
 */
async function tryLock(database: Database, { name }: PhysicalIndex): Promise<boolean> {
  const [{ locked }] = await database.query<{ locked: boolean }>(sql`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`semantic_search_phrases:${name}`}, 0)) AS locked`)
  return locked
}

/** Notes when the documents are read: a change that is committed later makes the phrases stale again. */
async function begin(database: Database, { name }: PhysicalIndex): Promise<void> {
  await database.query(sql`
    INSERT INTO semantic_search_phrase_state (index_name, refreshed_at)
    VALUES (${name}, clock_timestamp())
    ON CONFLICT (index_name) DO UPDATE SET refreshed_at = excluded.refreshed_at`)
}

async function end(database: Database, { name }: PhysicalIndex, duration: number): Promise<void> {
  await database.query(sql`
    UPDATE semantic_search_phrase_state SET duration_ms = ${duration} WHERE index_name = ${name}`)
}

async function forgetQueries(
  database: Database,
  { root }: PhysicalIndex,
  { keep_days }: PopularQueryOptions
): Promise<void> {
  await database.query(sql`
    DELETE FROM semantic_search_query
    WHERE index_root = ${root} AND day < current_date - ${keep_days}::int`)
}

/**
 * Adds what a few documents hold that was just written, so that a new title is suggested at once, however
 * large the shop is. How often phrases occur, and which are gone, is for the next refresh to find.
 *
 * @returns false where the phrases are just being refreshed: try again later
 */
export async function addPhrases(
  database: StoreDatabase,
  index: PhysicalIndex,
  extensions: Extensions,
  ids: string[]
): Promise<boolean> {
  const fields = suggestedFields(index.plan.fields)
  if (!fields.length) {
    return true
  }
  const written = sql`d.id IN (SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
  const held = fields.map((field) => heldValues(index, field, written))
  const missing = sql`unnest(excluded.channels) AS channel WHERE channel <> ALL (p.channels)`
  return await database.transaction(async (transaction) => {
    if (!(await tryLock(transaction, index))) {
      return false
    }
    await transaction.query(sql`
      INSERT INTO ${identifier(index.phrase_table)} AS p
        (kind, text, folded, documents, channels, counts, samples, searches)
      SELECT kind, text, folded, 1, channels, array_fill(1, ARRAY[cardinality(channels)]), samples, 0
      FROM (
        SELECT kind, text, ${foldedPhrase(sql`text`, extensions)} AS folded,
          array_agg(DISTINCT channel) AS channels, ARRAY[min(id)] AS samples
        FROM (${join(held, " UNION ALL ")}) held CROSS JOIN LATERAL unnest(channels) AS channel
        WHERE length(text) BETWEEN 1 AND ${MAX_PHRASE_LENGTH}
        GROUP BY kind, text) n
      WHERE folded <> ''
      ON CONFLICT (kind, text) DO UPDATE SET
        channels = p.channels || ARRAY(SELECT channel FROM ${missing}),
        counts = p.counts || ARRAY(SELECT 1 FROM ${missing}),
        samples = p.samples || excluded.samples
      WHERE NOT p.channels @> excluded.channels`)
    return true
  })
}

function refreshStatement(
  index: PhysicalIndex,
  extensions: Extensions,
  options: PopularQueryOptions
): Sql {
  const phrase = identifier(index.phrase_table)
  const figures = ["documents", "channels", "counts", "samples", "searches"].map((column) =>
    identifier(column)
  )
  const of = (alias: string) => join(figures.map((column) => sql`${raw(alias)}.${column}`))
  return sql`
    WITH held AS (${join(
      suggestedFields(index.plan.fields).map((field) => heldValues(index, field)),
      " UNION ALL "
    )}),
    in_channel AS (
      SELECT kind, text, channel, count(*)::int AS documents, min(id) AS first, max(id) AS last
      FROM held CROSS JOIN LATERAL unnest(channels) AS channel
      WHERE length(text) BETWEEN 1 AND ${MAX_PHRASE_LENGTH}
      GROUP BY kind, text, channel),
    counted AS (
      SELECT kind, text, max(documents) AS documents, array_agg(channel ORDER BY channel) AS channels,
        array_agg(documents ORDER BY channel) AS counts,
        array_agg(DISTINCT first) || array_agg(DISTINCT last) AS samples
      FROM in_channel GROUP BY kind, text),
    folded AS MATERIALIZED (
      SELECT c.*, coalesce(p.folded, ${foldedPhrase(sql`c.text`, extensions)}) AS folded
      FROM counted c LEFT JOIN ${phrase} p ON p.kind = c.kind AND p.text = c.text),
    ${popularQueries(index, options)},
    found AS (
      SELECT kind, text, folded, documents, channels, counts, samples FROM folded WHERE folded <> ''
      UNION ALL
      SELECT ${QUERY_KIND}, text, folded, 0, channels, '{}', samples FROM query_found),
    fresh AS MATERIALIZED (
      SELECT f.*, coalesce(q.searches, 0) AS searches
      FROM found f LEFT JOIN popular q ON q.folded = f.folded),
    removed AS (
      DELETE FROM ${phrase} p
      WHERE NOT EXISTS (SELECT 1 FROM fresh f WHERE f.kind = p.kind AND f.text = p.text)
      RETURNING 1),
    written AS (
      INSERT INTO ${phrase} (kind, text, folded, ${join(figures)})
      SELECT f.kind, f.text, f.folded, ${of("f")}
      FROM fresh f LEFT JOIN ${phrase} p ON p.kind = f.kind AND p.text = f.text
      WHERE p.kind IS NULL OR (${of("f")}) IS DISTINCT FROM (${of("p")})
      ON CONFLICT (kind, text) DO UPDATE SET ${join(
        figures.map((column) => sql`${column} = excluded.${column}`)
      )}
      RETURNING 1)
    SELECT (SELECT count(*)::int FROM written) AS written, (SELECT count(*)::int FROM removed) AS removed`
}

/** The values of a field, each with the document that holds it and where that is sold. */
function heldValues(
  index: PhysicalIndex,
  { suggest, column, array }: SuggestedField,
  condition: Sql = sql`TRUE`
): Sql {
  const value = sql`d.${identifier(column)}`
  const from = sql`${identifier(index.table)} d`
  const { published, channels } = visibility(index)
  const rest = sql`d.id, ${channels} AS channels`
  return array
    ? sql`SELECT ${suggest} AS kind, text, ${rest}
        FROM ${from} CROSS JOIN LATERAL unnest(${value}) AS text WHERE ${published} AND ${condition}`
    : sql`SELECT ${suggest} AS kind, ${value} AS text, ${rest} FROM ${from}
        WHERE ${value} IS NOT NULL AND ${published} AND ${condition}`
}

/** What the store's routes keep shoppers from, by the fields that they go by. */
function visibility({ plan }: PhysicalIndex): { published: Sql; channels: Sql } {
  const column = (path: string) => plan.fields.find((field) => field.path === path)?.column
  const [status, channels] = [column("status"), column("sales_channel_ids")]
  return {
    published: status ? sql`d.${identifier(status)} = 'published'` : sql`TRUE`,
    channels: channels ? sql`d.${identifier(channels)}` : sql`ARRAY[${ANY_CHANNEL}]::text[]`,
  }
}

/**
 * `popular (folded, text, searches, channels)`: what was searched for often enough, and `query_found`:
 * those of them that are no phrase of the catalogue, and whose words all stand in a document.
 */
function popularQueries(index: PhysicalIndex, options: PopularQueryOptions): Sql {
  const { published, channels } = visibility(index)
  const config = stemConfig(index.plan.language)
  return sql`popular AS MATERIALIZED (
      SELECT folded, (array_agg(text ORDER BY searches DESC, text))[1] AS text,
        max(searches)::int AS searches, array_agg(channel ORDER BY channel) AS channels
      FROM (
        SELECT folded, channel, min(text) AS text, sum(searches) AS searches
        FROM semantic_search_query
        WHERE index_root = ${index.root} AND day >= current_date - ${options.keep_days}::int
        GROUP BY folded, channel
        HAVING sum(searches) >= ${options.min_searches}) q
      GROUP BY folded ORDER BY max(searches) DESC, folded LIMIT ${MAX_QUERIES}),
    query_found AS (
      SELECT p.folded, p.text, p.channels, s.samples
      FROM popular p CROSS JOIN LATERAL (
        SELECT array_agg(id) AS samples FROM (
          SELECT d.id FROM ${identifier(index.table)} d
          WHERE d.terms @@ plainto_tsquery(${config}, p.text)
            AND ${published} AND ${channels} && p.channels
          LIMIT ${QUERY_SAMPLES}) f) s
      WHERE s.samples IS NOT NULL AND NOT EXISTS (SELECT 1 FROM folded f WHERE f.folded = p.folded))`
}
