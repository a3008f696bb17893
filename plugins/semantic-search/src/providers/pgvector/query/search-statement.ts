import sql, { join, raw, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"
import type { CompiledFacet } from "./facets"
import type { CompiledOrder } from "./order"

/** Which part of the ordered result is shown. */
export interface Page {
  skip: number
  take: number
  /** The condition of the hits after a cursor. */
  after?: Sql
}

/** What the statement answers: one row. */
export interface Row {
  count: number | null
  hits: { id: string; score: number; document: Record<string, unknown> }[]
  /** The values that decided the place of the last hit. */
  last: (string | number | boolean | null)[] | null
  [facet: `facet_${number}`]: unknown
}

/**
 * The statement of a search: the hits of a page, the count and the facets, all read of `matched`.
 *
 * @param parts `matched`: the common table expressions that end in it; see `resultSet`
 */
export function searchStatement(parts: {
  index: PhysicalIndex
  matched: Sql
  order: CompiledOrder
  page: Page
  facets: CompiledFacet[]
  counted: boolean
}): Sql {
  const { index, matched, order, page, facets, counted } = parts
  const place = join(order.keys.map(({ value }) => value))
  const selected = [
    counted ? sql`(SELECT count(*)::int FROM matched) AS count` : sql`NULL AS count`,
    sql`(SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'score', p.score, 'document', d.document) ORDER BY p.position), '[]')
      FROM page p JOIN ${identifier(index.table)} d ON d.id = p.id) AS hits`,
    sql`(SELECT place FROM page ORDER BY position DESC LIMIT 1) AS last`,
    ...facets.map((facet, i) => sql`${facet.select} AS ${raw(`facet_${i}`)}`),
  ]
  return sql`
    WITH ${matched},
    page AS MATERIALIZED (
      SELECT id, score, jsonb_build_array(${place}) AS place,
        row_number() OVER (ORDER BY ${order.list}) AS position
      FROM matched WHERE ${page.after ?? sql`TRUE`}
      ORDER BY ${order.list} LIMIT ${page.take} OFFSET ${page.skip})
    SELECT ${join(selected, ", ")}`
}
