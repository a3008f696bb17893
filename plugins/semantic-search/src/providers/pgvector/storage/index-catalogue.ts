import { createHash } from "node:crypto"
import sql from "sql-template-tag"
import type { Database } from "../database"
import { indexNotFound, indexOutdated } from "../errors"
import { type IndexPlan, PLAN_FORMAT } from "../plan"
import type { IndexStatistics } from "./statistics"

/** The tables of a physical index. */
export interface TableNames {
  /** The document table. */
  table: string
  /** The words that occur in the documents: what misspelt words are corrected to. */
  word_table: string
  /** How many documents each stem occurs in. */
  term_table: string
  /** The phrases that may be suggested. */
  phrase_table: string
}

/** A physical index: one version of a logical one, and the tables that hold it. */
export interface PhysicalIndex extends TableNames {
  /** The physical name, such as "product_v4". */
  name: string
  /** What all versions of the index share: "product". */
  root: string
  version: number
  plan: IndexPlan
  statistics: IndexStatistics
}

interface CatalogueRow {
  name: string
  root: string
  version: number
  plan: IndexPlan
  statistics: IndexStatistics
}

const PREFIX = "semantic_search_"

/**
 * The tables of a physical index.
 *
 * @param name physical name, such as "product_v4"
 */
export function tablesOf(name: string): TableNames {
  const safe = safeName(name)
  return {
    table: `${PREFIX}doc_${safe}`,
    word_table: `${PREFIX}word_${safe}`,
    term_table: `${PREFIX}term_${safe}`,
    phrase_table: `${PREFIX}phrase_${safe}`,
  }
}

/** The name of a version's vector index on a column. */
export function vectorIndexName(name: string, column: string): string {
  return `${PREFIX}hnsw_${safeName(name)}_${column}`.slice(0, 63)
}

/** The longest name that leaves room for the prefixes in Postgres' 63 letters. */
const MAX_NAME_LENGTH = 38

/** A name that needs no escaping. One that had to be changed or cut ends in a hash of what it was. */
function safeName(name: string): string {
  const safe = name.toLowerCase().replace(/[^a-z0-9]+/g, "_")
  if (safe === name && safe.length <= MAX_NAME_LENGTH) {
    return safe
  }
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8)
  return `${safe.slice(0, MAX_NAME_LENGTH - hash.length - 1)}_${hash}`
}

/** "product_v4" → root "product", version 4. A name without a version is version 0 of itself. */
export function splitPhysicalName(name: string): { root: string; version: number } {
  const match = /^(.*)_v(\d+)$/.exec(name)
  return match ? { root: match[1], version: Number(match[2]) } : { root: name, version: 0 }
}

function toPhysicalIndex(row: CatalogueRow): PhysicalIndex {
  return {
    name: row.name,
    root: row.root,
    version: row.version,
    plan: row.plan,
    statistics: row.statistics,
    ...tablesOf(row.name),
  }
}

/** How long a plan is taken from memory, in milliseconds. A plan only changes with its table. */
const PLAN_CACHE_MS = 10_000

/**
 * The physical indexes that exist, each with the plan it was built by. Reads take a plan from memory
 * for some seconds; a search of an index that is gone fails in Postgres and drops it from memory.
 */
export class IndexCatalogue {
  private readonly cache_ = new Map<string, { index: PhysicalIndex; until: number }>()

  constructor(private readonly database_: Database) {}

  /**
   * @param outdated whether an index that an older release has built is wanted as well
   * @throws MedusaError `not_found` when there is no such index, or but an outdated one
   */
  async retrieve(name: string, { outdated = false } = {}): Promise<PhysicalIndex> {
    const cached = this.cache_.get(name)
    if (cached && cached.until > Date.now()) {
      return cached.index
    }
    const index = await this.find(name)
    if (index?.plan.format === PLAN_FORMAT) {
      this.cache_.set(name, { index, until: Date.now() + PLAN_CACHE_MS })
      return index
    }
    this.cache_.delete(name)
    if (!index) {
      return indexNotFound(name)
    }
    return outdated ? index : indexOutdated(name)
  }

  async find(name: string): Promise<PhysicalIndex | undefined> {
    const [row] = await this.database_.query<CatalogueRow>(
      sql`SELECT * FROM semantic_search_index WHERE name = ${name}`
    )
    return row && toPhysicalIndex(row)
  }

  /** The physical indexes that this release can read, or those of one root, oldest version first. */
  async list(root?: string): Promise<PhysicalIndex[]> {
    return (await this.listAll(root)).filter(({ plan }) => plan.format === PLAN_FORMAT)
  }

  /** The same with those that an older release has built. */
  async listAll(root?: string): Promise<PhysicalIndex[]> {
    const where = root === undefined ? sql`TRUE` : sql`root = ${root}`
    const rows = await this.database_.query<CatalogueRow>(
      sql`SELECT * FROM semantic_search_index WHERE ${where} ORDER BY root, version`
    )
    return rows.map(toPhysicalIndex)
  }

  async save(database: Database, name: string, plan: IndexPlan): Promise<void> {
    const { root, version } = splitPhysicalName(name)
    await database.query(sql`
      INSERT INTO semantic_search_index (name, root, version, table_name, plan)
      VALUES (${name}, ${root}, ${version}, ${tablesOf(name).table}, ${JSON.stringify(plan)}::jsonb)
      ON CONFLICT (name) DO UPDATE
      SET plan = excluded.plan, statistics = excluded.statistics, updated_at = now()`)
    this.forget(name)
  }

  async remove(database: Database, name: string): Promise<void> {
    await database.query(sql`DELETE FROM semantic_search_index WHERE name = ${name}`)
    this.forget(name)
  }

  forget(name: string): void {
    this.cache_.delete(name)
  }
}
