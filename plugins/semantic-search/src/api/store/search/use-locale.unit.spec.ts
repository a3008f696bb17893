import { useLocale } from "./use-locale"

/** The Search Module, with an index of this plugin's provider and one of another's. */
const PROVIDERS: Record<string, string> = { product: "pgvector", order: "postgres" }
const search = {
  getIndex(name: string) {
    if (!Object.hasOwn(PROVIDERS, name)) {
      throw new Error(`No index "${name}"`)
    }
    return { name, provider: PROVIDERS[name] }
  },
}

/** What becomes of a request's body. */
function pass(
  locale: string | undefined,
  body: unknown,
  { validatedBody, module }: { validatedBody?: unknown; module?: unknown } = { module: search }
) {
  let passedOn = 0
  const request = { locale, body, validatedBody, scope: { resolve: () => module } }
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
    const entity = "product"
    const queries = [{ entity }, { entity, search_options: { locales: ["de"] } }]
    expect(pass("fr", { queries }).body).toEqual({
      queries: [
        { entity, search_options: { locales: ["fr"] } },
        { entity, search_options: { locales: ["de"] } },
      ],
    })
  })

  it("changes what Medusa has validated, where it has", () => {
    const { body, validatedBody } = pass(
      "de",
      { entity: "product" },
      { validatedBody: { entity: "product" }, module: search }
    )
    expect(body).toEqual({ entity: "product" })
    expect(validatedBody).toEqual({ entity: "product", search_options: { locales: ["de"] } })
  })

  it.each([[["fr-FR"]], [[]], ["nonsense"]])("leaves the body's own %j", (locales) => {
    const body = { entity: "product", search_options: { locales } }
    expect(pass("de-DE", structuredClone(body)).body).toEqual(body)
  })

  it.each([undefined, "", "ja-JP", "tlh", "constructor", "x'; --"])("ignores %j", (locale) => {
    expect(pass(locale, { entity: "product" }).body).toEqual({ entity: "product" })
  })

  it.each(["order", "nowhere", 5, undefined])(
    "leaves an index %j alone, which isn't of this plugin's provider",
    (entity) => {
      expect(pass("de-DE", { entity }).body).toEqual({ entity })
    }
  )

  it("leaves a store without the Search Module alone", () => {
    const entity = "product"
    expect(pass("de-DE", { entity }, { module: undefined }).body).toEqual({ entity })
  })

  it.each([undefined, null, "text", [1], { search_options: "?" }, { queries: [null, 5, []] }])(
    "leaves a body %j to Medusa's validator",
    (body) => {
      expect(pass("de-DE", structuredClone(body)).body).toEqual(body)
    }
  )
})
