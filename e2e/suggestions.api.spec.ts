import { uniqueWord } from "./helpers/catalogue"
import { eventually } from "./helpers/eventually"
import type { StoreSearch } from "./helpers/search"
import { expect, test } from "./helpers/test"

interface Suggestions {
  suggestions: { text: string; kind: string; count: number | null; highlight: string }[]
  products: { id: string; title: string; handle: string; thumbnail: string | null }[]
  processing_time_ms: number
}

async function suggest(search: StoreSearch, query: Record<string, string>): Promise<Suggestions> {
  const { status, body } = await search.suggestions(query)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Suggestions
}

const texts = async (search: StoreSearch, q: string) =>
  (await suggest(search, { q, limit: "20" })).suggestions.map(({ text }) => text)

test("a text that is begun leads to authors and books", async ({ search }) => {
  const { suggestions, products } = await suggest(search, { q: "bron" })
  expect(suggestions).toContainEqual({
    text: "Charlotte Brontë",
    kind: "author",
    count: expect.any(Number),
    highlight: "Charlotte <mark>Brontë</mark>",
  })
  expect(products.map(({ title }) => title)).toContain("Jane Eyre")
  for (const product of products) {
    expect(Object.keys(product).sort()).toEqual(["handle", "id", "thumbnail", "title"])
  }
})

test("a misspelt text leads to what was meant", async ({ search }) => {
  expect(await texts(search, "tolkein")).toContain("J. R. R. Tolkien")
  expect(await texts(search, "wutherng hights")).toContain("Wuthering Heights")
  expect(await suggest(search, { q: "xqzvkjw" })).toMatchObject({ suggestions: [], products: [] })
})

test("titles, series, subjects and categories are completed, each text once", async ({
  search,
}) => {
  const kinds = new Set<string>()
  for (const q of ["the l", "sci", "dr", "jane eyr"]) {
    const { suggestions } = await suggest(search, { q, limit: "20" })
    suggestions.forEach(({ kind }) => kinds.add(kind))
    const folded = suggestions.map(({ text }) => text.toLowerCase())
    expect(new Set(folded).size).toBe(folded.length)
  }
  expect([...kinds]).toEqual(expect.arrayContaining(["title", "series", "subject", "category"]))
})

test("nothing typed yet: what is popular, as many as wanted", async ({ search }) => {
  const { suggestions, products } = await suggest(search, { limit: "3" })
  expect(suggestions).toHaveLength(3)
  expect(products).toEqual([])
})

test("what shoppers may not see is not suggested either", async ({ catalogue, search }) => {
  const word = uniqueWord()
  const elsewhere = await catalogue.createChannel(`Fair ${uniqueWord()}`)
  const hidden = [
    await catalogue.createProduct({ title: `${word} draft`, status: "draft" }),
    await catalogue.createProduct({
      title: `${word} foreign`,
      sales_channel_ids: [elsewhere.id],
    }),
  ]
  // Made last, so that its phrases are counted no sooner than those of the others.
  const sold = await catalogue.createProduct({ title: `${word} sold` })
  await eventually(
    "the title of the product that is sold is suggested",
    () => texts(search, word),
    (found) => found.includes(sold.title)
  )
  for (const q of [word, word.slice(0, 6), `${word} d`, `${word} f`, `${word} dratf`]) {
    const { suggestions, products } = await suggest(search, { q, limit: "20" })
    const shown = [...suggestions.map(({ text }) => text), ...products.map(({ title }) => title)]
    for (const { title } of hidden) {
      expect(shown, q).not.toContain(title)
    }
  }
})

test("a title is gone as soon as its product is", async ({ admin, catalogue, search }) => {
  const { id, title } = await catalogue.createProduct()
  await eventually(
    "the title is suggested",
    () => texts(search, title),
    (found) => found.includes(title)
  )
  await admin.post(`/products/${id}`, { status: "draft" })
  await eventually(
    "the draft's title isn't",
    () => texts(search, title),
    (found) => !found.includes(title)
  )
})

const REFUSED: { what: string; query: Record<string, string>; status: number; says: string }[] = [
  { what: "a text without end", query: { q: "x".repeat(201) }, status: 400, says: '"q"' },
  { what: "a NUL", query: { q: "a\u0000b" }, status: 400, says: '"q"' },
  { what: "no suggestions", query: { limit: "0" }, status: 400, says: '"limit"' },
  { what: "a thousand suggestions", query: { limit: "1000" }, status: 400, says: '"limit"' },
  { what: "a limit in words", query: { limit: "few" }, status: 400, says: '"limit"' },
  { what: "an unknown parameter", query: { query: "bron" }, status: 400, says: "query" },
  { what: "customers", query: { index: "customer" }, status: 404, says: '"customer"' },
]

for (const { what, query, status, says } of REFUSED) {
  test(`refuses ${what}, in words`, async ({ search }) => {
    const answer = await search.suggestions(query)
    expect(answer).toEqual({
      status,
      body: expect.objectContaining({ message: expect.any(String) }),
    })
    expect((answer.body as { message: string }).message).toContain(says)
  })
}

test("refuses a text given twice, and a shopper without a key", async ({ search }) => {
  expect(await search.suggestions("q=a&q=b")).toMatchObject({ status: 400 })
  expect(await search.suggestions({ q: "a" }, { key: null })).toMatchObject({ status: 400 })
})
