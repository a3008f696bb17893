import { LRUCache } from "lru-cache"
import sql from "sql-template-tag"
import type { Database } from "../database"
import { stemConfig } from "../storage/text-search-config"

/** The lexemes of a piece of text, in the order in which they stand there. */
export type Lexemes = readonly string[]

/** Looks up the lexemes of a piece of text that was asked for. */
export type LexemesOf = (piece: string) => Lexemes

const NONE: Lexemes = []

/** Pieces kept in memory, about 150 bytes each: the vocabulary of most shops. */
const CACHE_SIZE = 50_000

/** What is longer is a link or a code, and comes once. */
const MAX_CACHED_LENGTH = 60

/** Postgres takes neither NUL nor half a character, so no document holds them. */
const UNSTORABLE = /\0|\p{Surrogate}/u

const stemmers = new WeakMap<Database, Stemmer>()

/** The stemmer of a database: what one search has learnt, the next one knows. */
export function stemmerOf(database: Database): Stemmer {
  const stemmer = stemmers.get(database) ?? new Stemmer(database)
  stemmers.set(database, stemmer)
  return stemmer
}

/**
 * Stems as the search does: by asking Postgres, whose text search configuration may hold dictionaries
 * that nothing outside it could mimic. What has been asked before comes from memory.
 */
export class Stemmer {
  private readonly cache_ = new LRUCache<string, Lexemes>({ max: CACHE_SIZE })

  constructor(private readonly database_: Database) {}

  /**
   * The lexemes of pieces of text, in one round trip at most. A piece must be one that Postgres reads by
   * itself, such as a word, for its lexemes to be those that it has within a text.
   */
  async lexemes(language: string, pieces: Iterable<string>): Promise<LexemesOf> {
    const known = new Map<string, Lexemes>()
    const unknown: string[] = []
    for (const piece of new Set(pieces)) {
      const cached = this.cache_.get(cacheKey(language, piece))
      if (cached) {
        known.set(piece, cached)
      } else if (!UNSTORABLE.test(piece)) {
        unknown.push(piece)
      }
    }
    if (unknown.length) {
      const rows = await this.ask(language, unknown)
      rows.forEach((lexemes, i) => {
        known.set(unknown[i], lexemes)
        if (unknown[i].length <= MAX_CACHED_LENGTH) {
          this.cache_.set(cacheKey(language, unknown[i]), lexemes)
        }
      })
    }
    return (piece) => known.get(piece) ?? NONE
  }

  private async ask(language: string, pieces: string[]): Promise<Lexemes[]> {
    const config = stemConfig(language)
    // As JSON: a statement has no room for more than 65,535 parameters.
    const rows = await this.database_.query<{ lexemes: Lexemes | null }>(sql`
      SELECT (SELECT array_agg(t.lexeme ORDER BY t.positions[1])
        FROM unnest(to_tsvector(${config}, piece)) AS t) AS lexemes
      FROM jsonb_array_elements_text(${JSON.stringify(pieces)}::jsonb)
        WITH ORDINALITY AS p(piece, position)
      ORDER BY position`)
    return rows.map(({ lexemes }) => lexemes ?? NONE)
  }
}

function cacheKey(language: string, piece: string): string {
  return `${language} ${piece}`
}
