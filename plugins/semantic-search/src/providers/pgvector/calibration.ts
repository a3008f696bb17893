import sql from "sql-template-tag"
import type { SimilarityScale } from "../../embedding"
import { identifier } from "./database"
import { invalid } from "./errors"
import type { PgvectorRuntime } from "./runtime"
import { vectorLiteral, vectorType } from "./storage/vector-type"

/** How an embedder's cosines lie between searches and the documents of an index. */
export interface Calibration {
  index: string
  /** The id of the embedder's model. */
  model: string
  /** Documents that were compared with each search. */
  documents: number
  /** The scale that the figures suggest, rounded to hundredths. */
  proposed: SimilarityScale
  searches: SearchCosines[]
}

/** How near an index's documents are to one search. */
export interface SearchCosines {
  text: string
  /** The cosine of the nearest document. */
  nearest: number
  /** Documents above the proposed floor. */
  above_floor: number
}

/** Documents that a search is compared with, at most. */
const SAMPLE_SIZE = 5_000

/** Nearly all documents know nothing of any one search: the floor leaves so many pairs below it. */
const FLOOR_SHARE = 0.95

/**
 * Measures how the embedder's cosines are to be read: what typical searches have in common with any
 * document (the floor), and the nearest of them with its document (the ceiling). It needs no judgments,
 * but searches as shoppers make them and a catalogue of some hundred documents about different things.
 *
 * @param root the index's name
 * @throws MedusaError when no version of the index has vectors of the embedder's model
 */
export async function calibrate(
  { database, catalogue, embedder, extensions }: PgvectorRuntime,
  root: string,
  searches: string[]
): Promise<Calibration> {
  const versions = await catalogue.list(root)
  const found = versions.reverse().flatMap(({ name, table, plan }) => {
    const vector = plan.vectors.find(({ embedded }) => embedded?.model === embedder.id)
    return vector ? [{ name, table, vector }] : []
  })[0]
  if (!found || !searches.length) {
    return invalid(
      found
        ? "Name at least one search to measure with"
        : `No version of the index "${root}" has vectors of the model ${embedder.id}. Build one first.`
    )
  }
  const installed = await extensions()
  const type = vectorType(found.vector, installed)
  const column = identifier(found.vector.column)
  const cosines: number[][] = []
  for (const asked of await embedder.embed(searches, { purpose: "query" })) {
    const rows = await database.query<{ cosine: number }>(sql`
      SELECT 1 - (d.${column} OPERATOR(${installed.vector}.<=>) ${vectorLiteral(asked, found.vector)}::${type})
        AS cosine
      FROM ${identifier(found.table)} d WHERE d.${column} IS NOT NULL ORDER BY d.id LIMIT ${SAMPLE_SIZE}`)
    cosines.push(rows.map(({ cosine }) => cosine))
  }
  const nearest = cosines.map((all) => Math.max(...all))
  const floor = hundredths(shareBelow(cosines.flat(), FLOOR_SHARE))
  return {
    index: found.name,
    model: embedder.id,
    documents: cosines[0].length,
    proposed: { floor, ceiling: hundredths(Math.max(...nearest)) },
    searches: searches.map((text, i) => ({
      text,
      nearest: hundredths(nearest[i]),
      above_floor: cosines[i].filter((cosine) => cosine >= floor).length,
    })),
  }
}

/** The value that so large a share of them is below. */
function shareBelow(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}
