import sql from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { DocumentRow } from "./document-row"
import type { IndexCatalogue, PhysicalIndex } from "./index-catalogue"
import { textGroups } from "./text-groups"

/** What is known of the documents of an index as a whole. */
export interface IndexStatistics {
  /** The average number of words of each text group; fixed for the life of a version. */
  average_lengths?: Record<string, number>
  /** How many documents there were when words were last counted. */
  documents?: number
}

/** An average that is taken from few documents is drawn towards these. */
const USUAL_LENGTHS = { A: 8, B: 4, C: 4, D: 40 } as const
const USUAL_LENGTHS_COUNT_AS = 20

/**
 * The average lengths by which a version's documents are ranked. The first documents that are written
 * decide them for the whole version: were they moved later, documents of the same content would rank
 * differently for when they were written, and how far they are off matters little (on a collection of
 * 19,406 products, averages that are wrong by half cost 0.01 nDCG@10).
 */
export async function averageLengths(
  database: Database,
  { name, plan, statistics }: PhysicalIndex,
  rows: DocumentRow[]
): Promise<Record<string, number>> {
  if (statistics.average_lengths) {
    return statistics.average_lengths
  }
  const averages = Object.fromEntries(
    textGroups(plan).map(({ column, label }) => {
      const lengths = rows.map((row) => row.lengths[column] ?? 0).filter((length) => length > 0)
      const sum = lengths.reduce((total, length) => total + length, 0)
      const usual = USUAL_LENGTHS[label] * USUAL_LENGTHS_COUNT_AS
      return [column, (sum + usual) / (lengths.length + USUAL_LENGTHS_COUNT_AS)]
    })
  )
  const [saved] = await database.query<{ statistics: IndexStatistics }>(sql`
    UPDATE semantic_search_index
    SET statistics = jsonb_build_object('average_lengths', ${JSON.stringify(averages)}::jsonb) || statistics
    WHERE name = ${name}
    RETURNING statistics`)
  // Where two writers come first at once, the second takes what the first has saved.
  return saved?.statistics.average_lengths ?? averages
}

/** How many documents must have come or gone, as a share, before words are counted anew. */
export const CHANGED_SHARE = 0.1

/** The same while an index is being filled: with each doubling, so that counting costs a constant share. */
export const SEEDING_CHANGED_SHARE = 1

/** Counts words anew where the number of documents has moved by more than a share since the last count. */
export async function refreshTermCounts(
  database: Database,
  catalogue: IndexCatalogue,
  index: PhysicalIndex,
  share: number
): Promise<void> {
  const [{ documents, counted }] = await database.query<{ documents: number; counted: number }>(sql`
    SELECT (SELECT count(*)::int FROM ${identifier(index.table)}) AS documents,
      coalesce((statistics->>'documents')::int, 0) AS counted
    FROM semantic_search_index WHERE name = ${index.name}`)
  if (Math.abs(documents - counted) > counted * share) {
    await countTerms(database, index)
    catalogue.forget(index.name)
  }
}

/**
 * Counts in how many documents each stem occurs, which says how rare it is. One pass over the index:
 * about 5 seconds for 100,000 documents; searches and writes go on beside it.
 */
async function countTerms(
  database: Database,
  { name, table, term_table }: PhysicalIndex
): Promise<void> {
  const source = sql`SELECT terms FROM ${identifier(table)}`.sql
  await database.query(sql`
    WITH counted AS MATERIALIZED (SELECT word AS stem, ndoc FROM ts_stat(${source})),
    kept AS (
      INSERT INTO ${identifier(term_table)} (stem, documents)
      SELECT stem, ndoc FROM counted ORDER BY stem
      ON CONFLICT (stem) DO UPDATE SET documents = excluded.documents
      WHERE ${identifier(term_table)}.documents <> excluded.documents),
    gone AS (
      UPDATE ${identifier(term_table)} t SET documents = 0
      WHERE documents > 0 AND NOT EXISTS (SELECT 1 FROM counted c WHERE c.stem = t.stem))
    UPDATE semantic_search_index
    SET statistics = statistics || jsonb_build_object('documents',
      (SELECT count(*) FROM ${identifier(table)}))
    WHERE name = ${name}`)
}
