import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, type Sql } from "sql-template-tag"
import { textSearchConfig } from "../storage/extensions"
import { fold, splitWords, wordCore } from "../text/words"
import type { Corrections } from "./corrections"

/**
 * The free text as a `tsquery`, every word of it bound.
 *
 * - `all`: each word must occur;  `any`: one of them;
 * - `last`: each must occur, and the last may be the beginning of one.
 *
 * Stop words ("the", "of") drop out by themselves; a misspelt word stands for its corrections as well.
 */
export function textQuery(
  text: string,
  strategy: SearchTypes.SearchMatchStrategy,
  language: string,
  corrections: Corrections = new Map()
): Sql {
  const config = textSearchConfig(language)
  const words = splitWords(text)
  const lexemes = words.map((word, i) => {
    const meant = [word, ...(corrections.get(wordCore(word)) ?? [])].map((variant) => {
      const exact = sql`plainto_tsquery(${config}, ${variant})`
      return strategy === "last" && i === words.length - 1 ? beginningWith(exact, variant) : exact
    })
    return meant.length > 1 ? sql`(${join(meant, " || ")})` : meant[0]
  })
  if (!lexemes.length) {
    return sql`''::tsquery`
  }
  return sql`(${join(lexemes, strategy === "any" ? " || " : " && ")})`
}

/**
 * A word that the shopper may still be typing. The stemmed form finds "mysteries" at "mysterie"; a
 * beginning that is a stop word by itself ("the" of "theory") is taken as it stands.
 */
function beginningWith(exact: Sql, word: string): Sql {
  const prefix = sql`(quote_literal(${fold(word)}) || ':*')::tsquery`
  return sql`CASE WHEN numnode(${exact}) = 0 THEN ${prefix}
    ELSE (regexp_replace(${exact}::text, '''$', ''':*'))::tsquery || ${prefix} END`
}
