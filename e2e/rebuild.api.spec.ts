import { eventually } from "./helpers/eventually"
import type { BookDocument, StoreSearch } from "./helpers/search"
import { expect, test } from "./helpers/test"

/** The part of the doctor's answer that is read here. */
interface Diagnosis {
  indexes: { name: string; active: { version: number } | null }[]
  status: { queue: { waiting: number } }
}

/** The most that one search may take. */
const PAGE = 100

/** All products are read, written and compared; their texts are known and needn't be embedded. */
const REBUILT_WITHIN_MS = 60_000

async function allDocuments(search: StoreSearch): Promise<Map<string, BookDocument>> {
  const documents = new Map<string, BookDocument>()
  for (let skip = 0; ; skip += PAGE) {
    const { hits } = await search.run({ pagination: { skip, take: PAGE } })
    hits.forEach(({ id, document }) => documents.set(id, document))
    if (hits.length < PAGE) {
      return documents
    }
  }
}

test("a document that a rebuild reads equals the one that events built, field for field", async ({
  admin,
  catalogue,
  search,
}) => {
  test.setTimeout(2 * REBUILT_WITHIN_MS)
  const diagnose = () => admin.get<Diagnosis>("/semantic-search/status")
  const versionOf = ({ indexes }: Diagnosis) =>
    indexes.find(({ name }) => name === "product")?.active?.version
  const { id } = await catalogue.createProduct({ eur: 12.5, stock: 3 })
  await eventually(
    "the new product is found with its stock",
    () => search.document(id),
    (document) => document?.stock === 3
  )
  const builtByEvents = await allDocuments(search)
  const before = versionOf(await diagnose())

  await admin.post("/search-indexes/product/reindex", {})
  const after = await eventually(
    "the rebuilt version serves",
    diagnose,
    (diagnosis) => versionOf(diagnosis) !== before,
    { withinMs: REBUILT_WITHIN_MS }
  )

  expect(after.status.queue.waiting, "texts to embed after rebuilding what hadn't changed").toBe(0)
  const seeded = await eventually(
    "searches read the rebuilt version",
    () => allDocuments(search),
    (documents) => documents.size === builtByEvents.size
  )
  expect(Object.fromEntries(seeded)).toEqual(Object.fromEntries(builtByEvents))
})
