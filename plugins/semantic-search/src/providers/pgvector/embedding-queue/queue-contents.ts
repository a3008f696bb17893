import sql, { join, raw, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"

/**
 * - waiting: will be embedded, or tried again
 * - failed: set aside after too many failures, until somebody replays or discards it
 * - discarded: given up; its documents are found by keyword only until their text changes
 */
export const QUEUE_STATES = ["waiting", "failed", "discarded"] as const
export type QueueState = (typeof QUEUE_STATES)[number]

/** A text of the queue. */
export interface QueuedText {
  /** The hash of the text. */
  id: string
  state: QueueState
  /** How the text begins. */
  text: string
  attempts: number
  last_error: string | null
  queued_at: Date
  /** When it is tried next, at the earliest; for texts that wait. */
  due_at: Date
  failed_at: Date | null
  /** The first documents that wait for it. */
  documents: string[]
}

export interface QueuePage {
  texts: QueuedText[]
  /** How many texts are in that state. */
  count: number
}

const CONDITIONS: Record<QueueState, Sql> = {
  waiting: sql`failed_at IS NULL`,
  failed: sql`failed_at IS NOT NULL AND discarded_at IS NULL`,
  discarded: sql`discarded_at IS NOT NULL`,
}

/** Those that failed last come first, and those that wait longest. */
const ORDERS: Record<QueueState, Sql> = {
  waiting: sql`created_at, content_hash`,
  failed: sql`failed_at DESC, content_hash`,
  discarded: sql`discarded_at DESC, content_hash`,
}

/** How much of a text is shown, in characters. */
const TEXT_LENGTH = 200

/** How many documents of a text are named. */
const NAMED_DOCUMENTS = 5

/** A page of the texts of a model's queue. */
export async function queueContents(
  database: Database,
  indexes: PhysicalIndex[],
  {
    model,
    state,
    limit,
    offset,
  }: { model: string; state: QueueState; limit: number; offset: number }
): Promise<QueuePage> {
  const where = sql`model = ${model} AND ${CONDITIONS[state]}`
  const [{ count }] = await database.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM semantic_search_embedding_job WHERE ${where}`
  )
  const rows = await database.query<Omit<QueuedText, "documents" | "state">>(sql`
    SELECT content_hash AS id, left(content, ${TEXT_LENGTH}) AS text, attempts, last_error,
      created_at AS queued_at, run_at AS due_at, failed_at
    FROM semantic_search_embedding_job WHERE ${where}
    ORDER BY ${ORDERS[state]} LIMIT ${limit} OFFSET ${offset}`)
  const hashes = rows.map(({ id }) => id)
  const waiting = await waitingDocuments(database, indexes, { model, hashes })
  return {
    count,
    texts: rows.map((row) => ({ ...row, state, documents: waiting.get(row.id) ?? [] })),
  }
}

/** Text's hash → the first documents, of any index, that wait for its vector. */
async function waitingDocuments(
  database: Database,
  indexes: PhysicalIndex[],
  { model, hashes }: { model: string; hashes: string[] }
): Promise<Map<string, string[]>> {
  if (!hashes.length) {
    return new Map()
  }
  const waiting = indexes.flatMap(({ table, plan }) =>
    plan.vectors.flatMap(({ column, embedded }) => {
      if (embedded?.model !== model) {
        return []
      }
      const hash = identifier(embedded.hash_column)
      return [
        sql`SELECT ${hash} AS hash, id FROM ${identifier(table)}
          WHERE ${identifier(column)} IS NULL AND ${hash} IN (${join(hashes)})`,
      ]
    })
  )
  if (!waiting.length) {
    return new Map()
  }
  const rows = await database.query<{ hash: string; ids: string[] }>(sql`
    SELECT hash, (array_agg(DISTINCT id))[1:${raw(String(NAMED_DOCUMENTS))}] AS ids
    FROM (${join(waiting, " UNION ALL ")}) w GROUP BY hash`)
  return new Map(rows.map(({ hash, ids }) => [hash, ids]))
}

/**
 * Queues set-aside texts anew, with all their attempts before them: those named, discarded ones
 * included, or else all that failed. Returns how many.
 */
export async function replayTexts(
  database: Database,
  { model, ids }: { model: string; ids?: string[] }
): Promise<number> {
  const rows = await database.query(sql`
    UPDATE semantic_search_embedding_job
    SET failed_at = NULL, discarded_at = NULL, attempts = 0, run_at = now()
    WHERE model = ${model} AND failed_at IS NOT NULL
      AND ${ids ? named(ids) : CONDITIONS.failed} RETURNING 1`)
  return rows.length
}

/** Gives set-aside texts up: they are neither tried nor reported any more. Returns how many. */
export async function discardTexts(
  database: Database,
  { model, ids }: { model: string; ids: string[] }
): Promise<number> {
  const rows = await database.query(sql`
    UPDATE semantic_search_embedding_job SET discarded_at = now()
    WHERE model = ${model} AND ${CONDITIONS.failed} AND ${named(ids)} RETURNING 1`)
  return rows.length
}

function named(ids: string[]): Sql {
  return ids.length ? sql`content_hash IN (${join(ids)})` : sql`FALSE`
}
