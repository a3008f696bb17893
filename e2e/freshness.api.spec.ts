import { uniqueWord } from "./helpers/catalogue"
import { eventually } from "./helpers/eventually"
import { byWords } from "./helpers/search"
import { expect, test } from "./helpers/test"

/** Two subjects as far apart as can be, and how a shopper would ask for each without its words. */
const BEES = {
  text: "A widowed watchmaker keeps bees on the roof of his apartment block. Hive by hive he learns to harvest honey, and to talk to his neighbours again.",
  meaning: "a beekeeper in the city",
}
const CLIMBERS = {
  text: "Two climbers wait out a blizzard on a Himalayan ridge, short of oxygen and shorter of trust, while the rope team below turns back for the valley.",
  meaning: "survival on Everest in a snowstorm",
}

const nothing = (found: unknown[]) => found.length === 0
const only = (id: string) => (found: string[]) => found.length === 1 && found[0] === id

test("a new product is found by its word and by its meaning", async ({ catalogue, search }) => {
  const { id, title } = await catalogue.createProduct({ description: BEES.text })

  await eventually(
    "its title finds it",
    () => search.ids({ filters: { q: title } }),
    (found) => found.includes(id)
  )
  await eventually(
    "its meaning finds it on the first page",
    () => search.ids({ filters: { q: BEES.meaning } }),
    (found) => found.includes(id)
  )
})

test("an edited description: the new meaning is found, the old one is not", async ({
  admin,
  catalogue,
  search,
}) => {
  const [oldWord, newWord] = [uniqueWord(), uniqueWord()]
  const { id } = await catalogue.createProduct({ description: `${BEES.text} ${oldWord}` })
  const found = (q: string) => () => search.ids({ filters: { q, id } })
  await eventually("the old meaning finds it", found(BEES.meaning), only(id))

  await admin.post(`/products/${id}`, { description: `${CLIMBERS.text} ${newWord}` })

  await Promise.all([
    eventually(
      "the new meaning finds it on the first page",
      () => search.ids({ filters: { q: CLIMBERS.meaning } }),
      (ids) => ids.includes(id)
    ),
    eventually("the old meaning no longer finds it", found(BEES.meaning), nothing),
    eventually(
      "the new word finds it",
      () => search.ids({ filters: { q: newWord, id }, ...byWords(newWord) }),
      only(id)
    ),
    eventually(
      "the old word no longer finds it",
      () => search.ids({ filters: { q: oldWord, id }, ...byWords(oldWord) }),
      nothing
    ),
  ])
})

test("a price, changed by the variant's route", async ({ admin, catalogue, search }) => {
  const shelf = uniqueWord()
  const tag = await catalogue.createTag(shelf)
  const cheap = await catalogue.createProduct({ tag_ids: [tag.id], eur: 10 })
  const dear = await catalogue.createProduct({ tag_ids: [tag.id], eur: 20 })
  const byPrice = () =>
    search.ids({ filters: { tags: shelf }, pagination: { order: { "prices.eur": "ASC" } } })
  await eventually("the cheaper one comes first", byPrice, ([first, second]) =>
    Boolean(first === cheap.id && second === dear.id)
  )

  await admin.post(`/products/${cheap.id}/variants/${cheap.variant_id}`, {
    prices: [{ id: cheap.price_id, currency_code: "eur", amount: 30.5 }],
  })

  await Promise.all([
    eventually("it comes last", byPrice, ([first, second]) =>
      Boolean(first === dear.id && second === cheap.id)
    ),
    eventually(
      "the filter finds the new price",
      () => search.ids({ filters: { tags: shelf, "prices.eur": { $gte: 25, $lte: 31 } } }),
      only(cheap.id)
    ),
    eventually(
      "the document shows the new price",
      async () => (await search.document(cheap.id))?.prices.eur,
      (eur) => eur === 30.5
    ),
  ])
})

test("a stock level, changed by the inventory's route", async ({ admin, catalogue, search }) => {
  const { id, inventory_item_id } = await catalogue.createProduct({ stock: 0 })
  const setStock = async (stocked_quantity: number) =>
    admin.post(
      `/inventory-items/${inventory_item_id}/location-levels/${await catalogue.locationId()}`,
      { stocked_quantity }
    )
  const inStock = () => search.ids({ filters: { id, in_stock: true } })
  const units = async () => (await search.document(id))?.stock
  await eventually("it is sold out", units, (stock) => stock === 0)
  expect(await inStock(), "what is sold out isn't among what is in stock").toEqual([])

  await setStock(7)
  await eventually("7 units are there", units, (stock) => stock === 7)
  await eventually("it is in stock", inStock, only(id))

  await setStock(0)
  await eventually("none is left", units, (stock) => stock === 0)
  await eventually("it isn't in stock any more", inStock, nothing)
})

test("units that are reserved, as an order does", async ({ admin, catalogue, search }) => {
  const { id, inventory_item_id } = await catalogue.createProduct({ stock: 5 })
  const units = async () => (await search.document(id))?.stock
  await eventually("5 units are there", units, (stock) => stock === 5)

  const { reservation } = await admin.post<{ reservation: { id: string } }>("/reservations", {
    inventory_item_id,
    location_id: await catalogue.locationId(),
    quantity: 2,
  })
  await eventually("3 units can still be sold", units, (stock) => stock === 3)

  await admin.delete(`/reservations/${reservation.id}`)
  await eventually("all 5 can be sold again", units, (stock) => stock === 5)
})

test("a renamed category: in the facet and as a filter", async ({ admin, catalogue, search }) => {
  const [before, after] = [`Shelf ${uniqueWord()}`, `Shelf ${uniqueWord()}`]
  const category = await catalogue.createCategory(before)
  const { id } = await catalogue.createProduct({ category_ids: [category.id] })
  const named = (name: string) => () => search.ids({ filters: { categories: name } })
  const facet = async () => {
    const { facets } = await search.run({
      filters: { id },
      search_options: { facets: ["categories"] },
    })
    return facets?.categories.values
  }
  await eventually("the old name finds it", named(before), only(id))

  await admin.post(`/product-categories/${category.id}`, { name: after })

  await Promise.all([
    eventually("the new name finds it", named(after), only(id)),
    eventually("the old name no longer finds it", named(before), nothing),
    eventually(
      "the facet has the new name alone",
      facet,
      (values) => values?.length === 1 && values[0].value === after && values[0].count === 1
    ),
  ])
})

test("a renamed tag: in the facet and as a filter", async ({ admin, catalogue, search }) => {
  const [before, after] = [uniqueWord(), uniqueWord()]
  const tag = await catalogue.createTag(before)
  const { id } = await catalogue.createProduct({ tag_ids: [tag.id] })
  const tagged = (value: string) => () => search.ids({ filters: { tags: value } })
  await eventually("the old tag finds it", tagged(before), only(id))

  await admin.post(`/product-tags/${tag.id}`, { value: after })

  await Promise.all([
    eventually("the new tag finds it", tagged(after), only(id)),
    eventually("the old tag no longer finds it", tagged(before), nothing),
    eventually(
      "the facet has the new tag alone",
      async () => {
        const { facets } = await search.run({
          filters: { id },
          search_options: { facets: ["tags"] },
        })
        return facets?.tags.values.map(({ value }) => value)
      },
      (values) => values?.length === 1 && values[0] === after
    ),
  ])
})

test("a product taken out of the sales channel by the channel's route, and put back", async ({
  admin,
  catalogue,
  search,
}) => {
  const { id, title } = await catalogue.createProduct()
  const channel = await catalogue.channelId()
  const found = () => search.ids({ filters: { q: title, id }, ...byWords(title) })
  await eventually("it is found", found, only(id))

  await admin.post(`/sales-channels/${channel}/products`, { remove: [id] })
  await eventually("shoppers no longer find it", found, nothing)

  await admin.post(`/sales-channels/${channel}/products`, { add: [id] })
  await eventually("shoppers find it again", found, only(id))
})

test("a product that is unpublished, and published again", async ({ admin, catalogue, search }) => {
  const { id, title } = await catalogue.createProduct()
  const found = () => search.ids({ filters: { q: title, id }, ...byWords(title) })
  await eventually("it is found", found, only(id))

  await admin.post(`/products/${id}`, { status: "draft" })
  await eventually("shoppers no longer find it", found, nothing)

  await admin.post(`/products/${id}`, { status: "published" })
  await eventually("shoppers find it again", found, only(id))
})

test("a deleted product", async ({ admin, catalogue, search }) => {
  const { id, title } = await catalogue.createProduct({ description: BEES.text })
  await eventually("its title finds it", () => search.ids({ filters: { q: title, id } }), only(id))
  await eventually(
    "its meaning finds it",
    () => search.ids({ filters: { q: BEES.meaning, id } }),
    only(id)
  )

  await admin.delete(`/products/${id}`)

  await eventually(
    "its word finds nothing",
    () => search.ids({ filters: { q: title, id } }),
    nothing
  )
  await eventually("its id finds nothing", () => search.ids({ filters: { id } }), nothing)
})
