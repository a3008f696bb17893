import sql from "sql-template-tag"
import type { Database } from "../database"
import type { TypedWord } from "./correct-phrase"
import { foldedPhrase } from "./folded-phrase"
import type { SuggestionRequest } from "./request"

/** A text as it was typed, read into words. */
export interface TypedText {
  folded: string
  words: TypedWord[]
}

/** Small letters and digits, which folding leaves as they are: most of what is typed. */
const FOLDED_ALREADY = /^[a-z0-9]+( [a-z0-9]+)*$/

/** Folds a text, as phrases are, and divides it into words, of which the last may be unfinished. */
export async function readTyped(
  database: Database,
  { text, extensions }: Pick<SuggestionRequest, "text" | "extensions">
): Promise<TypedText> {
  if (!text) {
    return { folded: "", words: [] }
  }
  const folded = FOLDED_ALREADY.test(text) ? text : await fold(database, text, extensions)
  const words = folded.split(" ").filter(Boolean)
  return {
    folded,
    words: words.map((word, i) => ({ variants: [word], unfinished: i === words.length - 1 })),
  }
}

/** By Postgres, whose rules for accents are the phrases' own. */
async function fold(
  database: Database,
  text: string,
  extensions: SuggestionRequest["extensions"]
): Promise<string> {
  const [{ folded }] = await database.query<{ folded: string }>(
    sql`SELECT ${foldedPhrase(sql`${text}::text`, extensions)} AS folded`
  )
  return folded
}
