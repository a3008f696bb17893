import { MedusaError } from "@medusajs/framework/utils"
import sql, { raw, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { Extensions } from "./extensions"

/** The text search configuration that stems `language` and folds accents. */
export function stemConfig(language: string): Sql {
  return raw(`'${stemConfigName(language)}'::regconfig`)
}

/** The same without the stemming: accents folded, stop words left out, each word as it stands. */
export function wordConfig(language: string): Sql {
  return raw(`'${wordConfigName(language)}'::regconfig`)
}

const stemConfigName = (language: string) => `semantic_search_${language}`
const wordConfigName = (language: string) => `semantic_search_${language}_words`

/**
 * Creates the two text search configurations of a language: the language's own one with accents folded
 * first, so that "bronte" and "Brontë" are one word on both sides of a match, and its twin that keeps
 * words as they are written, by which the exact form counts more than another inflection.
 *
 * @throws MedusaError where Postgres doesn't know the language
 */
export async function createTextSearchConfigs(
  database: Database,
  extensions: Extensions,
  language: string
): Promise<void> {
  const [{ stems, words, stemmer, stop_words }] = await database.query<{
    stems: boolean
    words: boolean
    stemmer: string | null
    stop_words: string | null
  }>(sql`
    SELECT ${visible(stemConfigName(language))} AS stems, ${visible(wordConfigName(language))} AS words,
      stemmer.dictname AS stemmer,
      substring(stemmer.dictinitoption FROM 'stopwords = ''([a-z_]+)''') AS stop_words
    FROM (VALUES (1)) AS one
    LEFT JOIN (
      SELECT d.dictname, d.dictinitoption FROM pg_ts_config c
      JOIN pg_ts_config_map m ON m.mapcfg = c.oid
      JOIN pg_ts_dict d ON d.oid = m.mapdict
      WHERE c.cfgname = ${language} AND c.cfgnamespace = 'pg_catalog'::regnamespace
        AND m.maptokentype = (SELECT tokid FROM ts_token_type('default') WHERE alias = 'word')
      ORDER BY m.mapseqno DESC LIMIT 1) AS stemmer ON TRUE`)
  if (!stemmer) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The pgvector search provider's option "language" is "${language}", but this Postgres has no text search configuration of that name. List them with: SELECT cfgname FROM pg_ts_config;`
    )
  }
  if (!stems) {
    const dictionary = sql`pg_catalog.${identifier(stemmer)}`
    await createConfig(database, extensions, language, stemConfigName(language), dictionary)
  }
  if (!words) {
    const dictionary = identifier(wordConfigName(language))
    const stopWords = stop_words ? sql`, STOPWORDS = ${identifier(stop_words)}` : sql``
    await database.query(
      sql`CREATE TEXT SEARCH DICTIONARY ${dictionary} (TEMPLATE = pg_catalog.simple${stopWords})`
    )
    await createConfig(database, extensions, language, wordConfigName(language), dictionary)
  }
}

/** Whether there is a configuration of that name that a statement finds: another schema's isn't ours. */
function visible(name: string): Sql {
  return sql`EXISTS (
    SELECT 1 FROM pg_ts_config WHERE cfgname = ${name} AND pg_ts_config_is_visible(oid))`
}

async function createConfig(
  database: Database,
  { unaccent }: Extensions,
  language: string,
  name: string,
  dictionary: Sql
): Promise<void> {
  const config = identifier(name)
  await database.query(
    sql`CREATE TEXT SEARCH CONFIGURATION ${config} (COPY = pg_catalog.${identifier(language)})`
  )
  await database.query(sql`
    ALTER TEXT SEARCH CONFIGURATION ${config}
    ALTER MAPPING FOR asciihword, asciiword, hword, hword_asciipart, hword_part, word
    WITH ${unaccent}.unaccent, ${dictionary}`)
}
