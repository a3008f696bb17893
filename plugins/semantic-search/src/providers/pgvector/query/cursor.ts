import { createHash } from "node:crypto"
import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, raw, type Sql } from "sql-template-tag"
import { invalid } from "../errors"
import type { ColumnKind } from "../plan"
import type { OrderKey } from "./order"

/*
 * A cursor holds the values that decided the place of a page's last hit, and a fingerprint of the query.
 * The next page is what comes after these values, so a document that is added or removed meanwhile
 * makes no hit appear twice and none go missing.
 */

type Value = string | number | boolean | null

const SQL_TYPES: Record<ColumnKind, string> = {
  text: "text",
  number: "float8",
  boolean: "boolean",
}

/** What a query's cursors are bound to: all that decides which documents match, and in which order. */
export function fingerprint(input: SearchTypes.ProviderSearchQuery): string {
  const {
    facets: _facets,
    count: _count,
    highlight: _highlight,
    ...options
  } = input.search_options ?? {}
  const query = [input.index.name, input.q, input.filters, input.pagination?.order, options]
  return createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12)
}

export function encodeCursor(values: Value[], query: string): string {
  return Buffer.from(JSON.stringify([query, ...values])).toString("base64url")
}

/**
 * The condition, over `matched`, of the hits after a cursor.
 *
 * @throws MedusaError when the cursor isn't one of this query's
 */
export function afterCursor(cursor: string, query: string, keys: OrderKey[]): Sql {
  const values = decode(cursor, query, keys)
  const steps = keys.map((key, i) => {
    const equal = keys
      .slice(0, i)
      .map(({ value, kind }, j) => sql`${value} IS NOT DISTINCT FROM ${bound(values[j], kind)}`)
    return sql`(${join([...equal, beyond(key, values[i])], " AND ")})`
  })
  return sql`(${join(steps, " OR ")})`
}

/** Documents without the value come last, so nothing but its likes comes after one. */
function beyond({ value, descending, kind }: OrderKey, last: Value): Sql {
  return last === null
    ? sql`FALSE`
    : sql`(${value} ${raw(descending ? "<" : ">")} ${bound(last, kind)} OR ${value} IS NULL)`
}

function bound(value: Value, kind: ColumnKind): Sql {
  return sql`${value}::${raw(SQL_TYPES[kind])}`
}

function decode(cursor: string, query: string, keys: OrderKey[]): Value[] {
  const parsed = parse(cursor)
  if (!Array.isArray(parsed) || parsed.length !== keys.length + 1) {
    return invalid(
      `pagination.cursor is none that this search gave: pass metadata.next_cursor as it came`
    )
  }
  const [of, ...values] = parsed as [unknown, ...Value[]]
  if (of !== query) {
    return invalid(
      "pagination.cursor belongs to another query: its text, filters, order and options must stay the same from page to page"
    )
  }
  const sound = values.every((value, i) => {
    const kind = keys[i].kind === "text" ? "string" : keys[i].kind
    return value === null || (typeof value === kind && !String(value).includes("\0"))
  })
  return sound
    ? values
    : invalid("pagination.cursor is damaged: pass metadata.next_cursor as it came")
}

function parse(cursor: unknown): unknown {
  if (typeof cursor !== "string") {
    return undefined
  }
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString())
  } catch {
    return undefined
  }
}
