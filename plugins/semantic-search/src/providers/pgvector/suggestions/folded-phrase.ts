import sql, { type Sql } from "sql-template-tag"
import type { Extensions } from "../storage/extensions"

/**
 * A phrase as it is compared: lower case, without accents, words divided by single spaces.
 * "L'Étranger!" → "l etranger", "Hitchhiker's" → "hitchhikers", since few type the apostrophe.
 */
export function foldedPhrase(text: Sql, { unaccent }: Extensions): Sql {
  const plain = sql`lower(${unaccent}.unaccent(normalize(${text}, NFKC)))`
  return sql`btrim(regexp_replace(
    regexp_replace(${plain}, '[''’]s\\M', 's', 'g'), '[[:punct:][:space:][:cntrl:]]+', ' ', 'g'))`
}
