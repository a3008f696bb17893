/**
 * What a database holds: of each table how many rows, and a checksum over all of their values; its indexes;
 * where its sequences stand.
 *
 * @typedef {{ tables: Record<string, { rows: number, checksum: string }>, indexes: string[], sequences: Record<string, string> }} Facts
 */

export const quoteIdentifier = (name) => `"${name.replaceAll('"', '""')}"`

/**
 * Reads the facts of the schema "public".
 *
 * @param {(sql: string, values?: unknown[]) => Promise<Record<string, any>[]>} query
 * @returns {Promise<Facts>}
 */
export async function readFacts(query) {
  const names = await query(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1"
  )
  const tables = {}
  for (const { name } of names) {
    // A row as text holds every value of every column, vectors bit for bit.
    const [row] = await query(
      `select count(*)::int as rows, coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as checksum
       from ${quoteIdentifier(name)} t`
    )
    tables[name] = row
  }
  // One that is half built or broken isn't there.
  const indexes = await query(
    `select c.relname || ' ' || a.amname as name from pg_index i
     join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
     join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and i.indisvalid order by 1`
  )
  const sequences = await query(
    "select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public'"
  )
  return {
    tables,
    indexes: indexes.map(({ name }) => name),
    sequences: Object.fromEntries(sequences.map(({ name, value }) => [name, value])),
  }
}

/**
 * In what the facts of a restored database differ from those of the backup.
 *
 * @param {Facts} before
 * @param {Facts} after
 * @returns {string[]} A sentence each, which begins with the table's or the index's name; none if all is there.
 */
export function compareFacts(before, after) {
  const differences = []
  for (const [table, { rows, checksum }] of Object.entries(before.tables)) {
    const found = after.tables[table]
    if (!found) differences.push(`${table}: the table is missing`)
    else if (found.rows !== rows) {
      differences.push(`${table}: ${found.rows} rows instead of ${rows}`)
    } else if (found.checksum !== checksum) {
      differences.push(`${table}: the values of its ${rows} rows differ`)
    }
  }
  for (const index of before.indexes) {
    if (!after.indexes.includes(index)) differences.push(`${index}: the index is missing`)
  }
  for (const [sequence, value] of Object.entries(before.sequences)) {
    if (after.sequences[sequence] !== value) {
      differences.push(`${sequence}: stands at ${after.sequences[sequence]} instead of ${value}`)
    }
  }
  return differences
}
