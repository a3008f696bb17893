import assert from "node:assert/strict"
import { waitFor } from "./network.mjs"

/** The embedding that is stored for a text is the very one in its document, but for its precision. */
const SAME_VECTOR = 1e-3

/** The table of documents that serves, or undefined before there is one. */
export async function documentTable({ query }) {
  const [row] = await query(
    `select stored.table_name from search_index index
     join search_index_version version
       on version.search_index_id = index.id and version.version = index.active_version
     join semantic_search_index stored on stored.name = version.physical_name
     where index.name = 'product' and index.deleted_at is null and version.deleted_at is null`
  )
  return row?.table_name
}

/** Questions to the database, each of which finds nothing where all is well. */
const ALWAYS = {
  "documents without their product": (table) =>
    `select d.id from "${table}" d
     where not exists (select 1 from product p where p.id = d.id and p.deleted_at is null)`,
  "vectors that aren't those of their document's text": (table) =>
    `select d.id from "${table}" d
     left join semantic_search_embedding e on e.content_hash = d.v0_hash
     where d.v0 is not null
       and (e.content_hash is null or (d.v0::vector <=> e.embedding::vector) > ${SAME_VECTOR})`,
  "queued texts that have their embedding already": () =>
    `select j.content_hash as id from semantic_search_embedding_job j
     join semantic_search_embedding e on e.model = j.model and e.content_hash = j.content_hash`,
  "tables of documents that no index has": () =>
    `select tablename as id from pg_tables
     where tablename like 'semantic\\_search\\_doc\\_%'
       and tablename not in (select table_name from semantic_search_index)`,
  "products that exist twice": () =>
    `select handle as id from product where deleted_at is null group by handle having count(*) > 1`,
}
const IN_THE_END = {
  "products without a document": (table) =>
    `select p.id from product p
     where p.deleted_at is null and not exists (select 1 from "${table}" d where d.id = p.id)`,
  "documents that differ from their product": (table) =>
    `select p.id from product p join "${table}" d on d.id = p.id
     where p.deleted_at is null and d.document ->> 'title' is distinct from p.title`,
  "documents without a vector": (table) =>
    `select d.id from "${table}" d where d.v0 is null or d.v0_hash is null`,
  "products that are still to be read anew": () => `select id from semantic_search_refresh`,
  "texts that still wait, or were set aside": () =>
    `select content_hash as id from semantic_search_embedding_job`,
}

async function findFaults(shop, questions) {
  const table = await documentTable(shop)
  const faults = {}
  for (const [name, question] of Object.entries(questions)) {
    const rows = await shop.query(question(table))
    if (rows.length) faults[name] = rows.map(({ id }) => id)
  }
  return faults
}

/** What must hold at any moment, a crash included: nothing is there twice, wrong, or orphaned. */
export async function assertSound(shop) {
  assert.deepEqual(await findFaults(shop, ALWAYS), {})
}

/**
 * Waits until every product is indexed exactly once, with the vector of its own text, and nothing else
 * is left anywhere.
 *
 * @param {{ query: (sql: string) => Promise<Record<string, any>[]> }} shop
 * @param {number} limitMs
 */
export async function assertWhole(shop, limitMs) {
  const isComplete = async () => !Object.keys(await findFaults(shop, IN_THE_END)).length
  await waitFor(isComplete, { what: "The whole index", limitMs }).catch(async (error) => {
    // What is missing says more than that something is.
    assert.deepEqual(await findFaults(shop, IN_THE_END), {}, error.message)
  })
  await assertSound(shop)
}
