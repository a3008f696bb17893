import type { Admin } from "./helpers/admin"
import { uniqueWord } from "./helpers/catalogue"
import { eventually } from "./helpers/eventually"
import { byWords } from "./helpers/search"
import { expect, test } from "./helpers/test"

/** What the dashboard's search finds: every product of the index, whoever may see it. */
async function adminFinds(admin: Admin, q: string): Promise<string[]> {
  const { results } = await admin.get<{ results: { data: { id: string }[] }[] }>(
    `/search?q=${encodeURIComponent(q)}&entity=product`
  )
  return results.flatMap(({ data }) => data.map(({ id }) => id))
}

test("shoppers find neither drafts nor another channel's products, however they ask", async ({
  admin,
  catalogue,
  search,
}) => {
  const word = uniqueWord()
  const elsewhere = await catalogue.createChannel(`Fair ${uniqueWord()}`)
  const sold = await catalogue.createProduct({ title: `${word} sold` })
  const draft = await catalogue.createProduct({ title: `${word} draft`, status: "draft" })
  const foreign = await catalogue.createProduct({
    title: `${word} foreign`,
    sales_channel_ids: [elsewhere.id],
  })
  const all = [sold.id, draft.id, foreign.id]
  await eventually(
    "the index holds all three",
    () => adminFinds(admin, word),
    (found) => all.every((id) => found.includes(id))
  )

  const attempts = {
    "by its word": { q: word, id: all },
    "by its id": { id: all },
    "by status": { id: all, status: ["draft", "published"] },
    "by status, negated": { id: all, status: { $ne: "archived" } },
    "by the other channel": {
      id: all,
      sales_channel_ids: [elsewhere.id, await catalogue.channelId()],
    },
    "by an alternative": {
      $or: [{ id: all }, { status: "draft" }, { sales_channel_ids: elsewhere.id }],
    },
    "by a negation": { $and: [{ id: all }, { $not: { status: "published", id: sold.id } }] },
  }
  for (const [how, filters] of Object.entries(attempts)) {
    const found = await search.ids({ filters })
    expect(
      found.filter((id) => id !== sold.id),
      how
    ).toEqual([])
  }
  expect(
    await search.ids({ filters: { q: word, id: all }, ...byWords(word) }),
    "what is sold here is found"
  ).toEqual([sold.id])
})

test("facets count no draft", async ({ admin, catalogue, search }) => {
  const [word, mood] = [uniqueWord(), uniqueWord()]
  const tag = await catalogue.createTag(mood)
  const draft = await catalogue.createProduct({ title: word, status: "draft", tag_ids: [tag.id] })
  await eventually(
    "the index holds the draft",
    () => adminFinds(admin, word),
    (found) => found.includes(draft.id)
  )
  const { facets } = await search.run({
    search_options: { facets: [{ field: "tags", limit: 1_000 }] },
  })
  const values = facets!.tags.values.map(({ value }) => value)
  expect(values.length).toBeGreaterThan(0)
  expect(values).not.toContain(mood)
})

test("a query of another index than the shop's products is answered like one that isn't there", async ({
  search,
}) => {
  const { status, body } = await search.post("/search", { entity: "customer" })
  expect(status).toBe(404)
  expect(body).toMatchObject({ message: expect.any(String) })
})
