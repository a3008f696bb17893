import { expect, test } from "./helpers/test"

/** How people write names without the right keys, or from memory → whom they mean. */
const AUTHORS = [
  { q: "bronte", author: "Brontë" },
  { q: "BRONTË", author: "Brontë" },
  { q: "tolkein", author: "Tolkien" },
  { q: "garcia marquez", author: "García Márquez" },
  { q: "dostoyevski", author: "Dostoevsky" },
  { q: "agata christie", author: "Agatha Christie" },
  { q: "shakespear", author: "Shakespeare" },
]

for (const { q, author } of AUTHORS) {
  test(`"${q}" finds ${author} first`, async ({ search }) => {
    const { hits } = await search.run({ filters: { q } })
    const authors = hits.map(({ document }) => document.authors.join(", "))
    expect(authors[0], `first of: ${authors.join(" | ")}`).toContain(author)
  })
}

test("with and without its accents a name finds the same books", async ({ search }) => {
  const found = async (q: string) =>
    (await search.ids({ filters: { q }, pagination: { take: 100 } })).toSorted()
  const plain = await search.ids({
    filters: { q: "bronte" },
    search_options: { vector: { query: "bronte", semantic_ratio: 0 } },
  })
  const accented = await search.ids({
    filters: { q: "Brontë" },
    search_options: { vector: { query: "Brontë", semantic_ratio: 0 } },
  })
  expect(plain.length).toBeGreaterThan(0)
  expect(plain.toSorted()).toEqual(accented.toSorted())
  expect(await found("bronte")).toEqual(expect.arrayContaining(plain))
})
