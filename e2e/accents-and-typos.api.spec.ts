import { byWords } from "./helpers/search"
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

test("with and without its accents a name's words find the same books", async ({ search }) => {
  const plain = await search.ids({ filters: { q: "bronte" }, ...byWords("bronte") })
  const accented = await search.ids({ filters: { q: "Brontë" }, ...byWords("Brontë") })
  expect(plain.length).toBeGreaterThan(0)
  expect(plain).toEqual(accented)
})
