import { useLocale } from "./use-locale"

/** What becomes of a request's body. */
function pass(locale: string | undefined, body: unknown, validatedBody?: unknown) {
  let passedOn = 0
  const request = { locale, body, validatedBody }
  useLocale(request as never, {} as never, () => passedOn++)
  expect(passedOn).toBe(1)
  return request
}

describe("useLocale", () => {
  it("has the query stemmed by the request's locale", () => {
    const { body } = pass("de-DE", { entity: "product", search_options: { highlight: true } })
    expect(body).toEqual({
      entity: "product",
      search_options: { highlight: true, locales: ["de-DE"] },
    })
  })

  it("has each of several queries stemmed", () => {
    const { body } = pass("fr", { queries: [{}, { search_options: { locales: ["de"] } }] })
    expect(body).toEqual({
      queries: [{ search_options: { locales: ["fr"] } }, { search_options: { locales: ["de"] } }],
    })
  })

  it("changes what Medusa has validated, where it has", () => {
    const { body, validatedBody } = pass("de", { entity: "product" }, { entity: "product" })
    expect(body).toEqual({ entity: "product" })
    expect(validatedBody).toEqual({ entity: "product", search_options: { locales: ["de"] } })
  })

  it.each([[["fr-FR"]], [[]], ["nonsense"]])("leaves the body's own %j", (locales) => {
    expect(pass("de-DE", { search_options: { locales } }).body).toEqual({
      search_options: { locales },
    })
  })

  it.each([undefined, "", "ja-JP", "tlh", "constructor", "x'; --"])("ignores %j", (locale) => {
    expect(pass(locale, { entity: "product" }).body).toEqual({ entity: "product" })
  })

  it.each([undefined, null, "text", [1], { search_options: "?" }, { queries: [null, 5, []] }])(
    "leaves a body %j to Medusa's validator",
    (body) => {
      expect(pass("de-DE", structuredClone(body)).body).toEqual(body)
    }
  )
})
