import sql, { raw, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { indexedWords } from "./indexed-words"

/*
 * One row a phrase that may be suggested, of each kind and spelling:
 *
 *   kind       "title", "author" …; "query" for what shoppers searched for
 *   text       as it is shown
 *   folded     as it is compared
 *   documents  how many documents hold it, in the channel that has most
 *   channels   the sales channels in which a published document holds it
 *   counts     how many do in each of them
 *   samples    ids of some of these documents: whether a shopper may see one is quickly looked up
 *   searches   how often it was searched for lately
 *
 * The table is what a refresh found; whether a phrase may be shown to a shopper is asked of the documents
 * at each request, so that a stale row shows nothing that is hidden.
 */

export async function createPhraseTable(
  database: Database,
  { phrase_table }: Pick<PhysicalIndex, "phrase_table">
): Promise<void> {
  const table = identifier(phrase_table)
  await database.query(sql`
    CREATE TABLE ${table} (
      kind text NOT NULL,
      text text NOT NULL,
      folded text NOT NULL,
      documents integer NOT NULL,
      channels text[] NOT NULL,
      counts integer[] NOT NULL,
      samples text[] NOT NULL,
      searches integer NOT NULL,
      PRIMARY KEY (kind, text)
    )`)
  await database.query(sql`CREATE INDEX ON ${table} (folded text_pattern_ops)`)
  await database.query(sql`CREATE INDEX ON ${table} USING gin (${indexedWords(sql`folded`)})`)
  await database.query(sql`CREATE INDEX ON ${table} (${foremostFirst()})`)
}

/**
 * An order with the most searched and most frequent phrases first. Among equals it is as good as chance:
 * by their letters, all that begin with the same ones would stand together, and most texts would find
 * none of theirs near the beginning.
 */
export function foremostFirst(): Sql {
  return raw("searches DESC, documents DESC, hashtext(folded)")
}

export async function dropPhraseTable(
  database: Database,
  { name, phrase_table }: Pick<PhysicalIndex, "name" | "phrase_table">
): Promise<void> {
  await database.query(sql`DROP TABLE IF EXISTS ${identifier(phrase_table)}`)
  await database.query(sql`DELETE FROM semantic_search_phrase_state WHERE index_name = ${name}`)
}
