import sql, { raw } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { DocumentRow } from "./document-row"
import type { PhysicalIndex } from "./index-catalogue"
import { stemConfig } from "./text-search-config"

/*
 * The vocabulary of an index: its words, folded, each with the stem that text search makes of it. It is
 * what misspelt words are corrected to and what the beginning of a word is completed from. Words are
 * added with the documents and stay when the documents go; the statistics say which stems still occur.
 */

/** Adds the words of documents. Stop words stem to nothing and are left out. */
export async function addWords(
  database: Database,
  { word_table }: Pick<PhysicalIndex, "word_table">,
  words: DocumentRow["words"]
): Promise<void> {
  for (const language of new Set(words.map((group) => group.language))) {
    const distinct = new Set(
      words.flatMap((group) => (group.language === language ? group.words : []))
    )
    if (!distinct.size) {
      continue
    }
    await database.query(sql`
      INSERT INTO ${identifier(word_table)} (word, stem)
      SELECT word, stem
      FROM jsonb_array_elements_text(${JSON.stringify([...distinct].sort())}::jsonb) AS word
      CROSS JOIN LATERAL unnest(to_tsvector(${stemConfig(language)}, word)) AS lexeme(stem)
      ORDER BY word, stem
      ON CONFLICT DO NOTHING`)
  }
}

/** The columns and indexes of the vocabulary's table. */
export function vocabularyColumns() {
  // In the "C" collation the primary key serves `LIKE 'begin%'` as well.
  return raw(`word text COLLATE "C", stem text COLLATE "C", PRIMARY KEY (word, stem)`)
}
