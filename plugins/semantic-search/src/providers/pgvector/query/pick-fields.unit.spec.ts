import { projectDocument } from "@medusajs/framework/utils"
import { pickFields } from "./pick-fields"

const DOCUMENT = {
  id: "p1",
  title: null,
  tags: ["a", "b"],
  prices: { eur: 5, usd: 6 },
  variants: [{ sku: "x", stock: 1 }, { sku: "y" }],
  translations: { de_de: { title: "Häuser", subtitle: "Alt", tags: ["ruhig"] }, fr_fr: {} },
}

describe("pickFields", () => {
  it.each([
    [[]],
    [["id", "title", "nothing"]],
    [["prices.usd", "tags"]],
    [["prices", "prices.eur"]],
    [["variants.sku", "variants.stock"]],
    [["title.deeper", "tags.deeper", "prices.none"]],
  ])("picks %j as Medusa does", (paths) => {
    expect(pickFields(DOCUMENT, paths)).toEqual(projectDocument(DOCUMENT, paths))
  })

  it("finds nothing that isn't the document's own", () => {
    expect(pickFields(DOCUMENT, ["constructor", "__proto__", "prices.toString"])).toEqual({
      prices: {},
    })
  })

  it("keeps all that is asked for below one object, however deep", () => {
    const paths = [
      "translations.de_de.title",
      "translations.de_de.tags",
      "translations.fr_fr.title",
    ]
    expect(pickFields(DOCUMENT, paths)).toEqual({
      translations: { de_de: { title: "Häuser", tags: ["ruhig"] }, fr_fr: {} },
    })
  })
})
