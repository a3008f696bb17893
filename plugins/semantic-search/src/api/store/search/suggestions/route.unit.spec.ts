import {
  type MedusaNextFunction,
  type MedusaResponse,
  type MedusaStoreRequest,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { StoreSuggestions } from "../../../../suggestions/suggest"
import { storeSearchSuggestionsMiddlewares } from "./middlewares"
import { GET } from "./route"

interface Store {
  entity?: string
  fields?: Record<string, unknown>
  channels?: string[]
  /** The store's own filters of the index; undefined: it isn't opened to shoppers. */
  allowed?: true | { filters: () => Record<string, unknown> }
}

interface Query {
  entity: string
  fields: string[]
  filters: Record<string, unknown>
  pagination: { take: number }
  search_options: { provider_options: { pgvector: { suggest: unknown } } }
}

const SCOPED_FIELDS = { status: { filterable: true }, sales_channel_ids: { filterable: true } }
const SUGGESTION = {
  text: "Emily Brontë",
  kind: "author",
  count: 1,
  highlight: "Emily <mark>Brontë</mark>",
}

/** Sends a request through the middleware and the handler; answers with what is sent and what was asked. */
async function get(query: Record<string, unknown>, store: Store = {}) {
  const { entity = "product", fields = SCOPED_FIELDS, channels = ["web"] } = store
  const allowed = "allowed" in store ? store.allowed : true
  const asked: Query[] = []
  const services: Record<string, unknown> = {
    [ContainerRegistrationKeys.QUERY]: {
      search: async ([one]: Query[]) => {
        asked.push(one)
        const hits = [{ id: "p", document: { id: "p", title: "Wuthering Heights" } }]
        return [{ search_result: { hits, provider_metadata: { suggestions: [SUGGESTION] } } }]
      },
    },
    [Modules.SEARCH]: {
      getIndex: () => ({ entity, fields }),
      listRetrievableFields: () => ["id", "title", "handle"],
    },
  }
  const request = {
    query,
    scope: { resolve: (name: string) => services[name] },
    publishable_key_context: { sales_channel_ids: channels },
    storeSearchConfig: { allowed_indexes: { product: allowed } },
  } as unknown as MedusaStoreRequest
  const sent: StoreSuggestions[] = []
  const response = {
    json: (body: StoreSuggestions) => sent.push(body),
  } as unknown as MedusaResponse
  const [validate] = storeSearchSuggestionsMiddlewares[0].middlewares!
  await new Promise<void>((resolve, reject) => {
    const next = (error?: unknown) => (error ? reject(error as Error) : resolve())
    void validate(request, response, next as MedusaNextFunction)
  })
  await GET(request, response)
  return { body: sent[0], asked: asked[0] }
}

it("answers with completions and products", async () => {
  const { body, asked } = await get({ q: " bron ", limit: "3" })
  expect(body).toEqual({
    suggestions: [SUGGESTION],
    products: [{ id: "p", title: "Wuthering Heights" }],
    processing_time_ms: expect.any(Number),
  })
  expect(asked).toMatchObject({
    entity: "product",
    fields: ["id", "title", "handle"],
    pagination: { take: 3 },
  })
})

it("asks for what the shopper may see, by the key's channels and the store's own filters", async () => {
  const visible = { status: "published", sales_channel_ids: ["web", "app"] }
  const channels = ["web", "app"]
  const plain = (await get({ q: "bron" }, { channels })).asked
  expect(plain.filters).toEqual({ q: "bron", ...visible })
  expect(plain.search_options.provider_options.pgvector.suggest).toMatchObject({ channels })
  const own = { adult: false }
  const { asked } = await get({}, { channels, allowed: { filters: () => own } })
  expect(asked.filters).toEqual({ $and: [visible, own] })
})

it("needs no channels for an index of something else than products", async () => {
  const { asked } = await get({ q: "bron" }, { entity: "article", fields: {}, channels: [] })
  expect(asked.filters).toEqual({ q: "bron" })
  expect(asked.search_options.provider_options.pgvector.suggest).toMatchObject({ channels: [""] })
})

it.each<[string, Record<string, unknown>, Store, string, string]>([
  [
    "an index that isn't open",
    {},
    { allowed: undefined },
    "not_found",
    `No search index named "product"`,
  ],
  [
    "an index that isn't there",
    { index: "customer" },
    {},
    "not_found",
    `No search index named "customer"`,
  ],
  [
    "an index of a name that every object has",
    { index: "constructor" },
    {},
    "not_found",
    `No search index named "constructor"`,
  ],
  ["a key without channels", {}, { channels: [] }, "invalid_data", "sales channel"],
  [
    "an index that hides nothing",
    {},
    { fields: {} },
    "not_allowed",
    `no filterable field "status"`,
  ],
  ["a text twice", { q: ["a", "b"] }, {}, "invalid_data", "for field 'q'"],
  ["an object as text", { q: { a: "b" } }, {}, "invalid_data", "for field 'q'"],
  ["a long text", { q: "x".repeat(201) }, {}, "invalid_data", `"q" takes 200 characters at most`],
  ["NUL", { q: "a\0" }, {}, "invalid_data", `"q" holds control characters`],
  ["a negative limit", { limit: "-1" }, {}, "invalid_data", `"limit" takes a whole number`],
  ["no limit", { limit: "0" }, {}, "invalid_data", `"limit" takes a whole number`],
  [
    "a large limit",
    { limit: "21" },
    {},
    "invalid_data",
    `"limit" takes a whole number from 1 to 20`,
  ],
  ["half a limit", { limit: "1.5" }, {}, "invalid_data", `"limit" takes a whole number`],
  ["two limits", { limit: ["1", "2"] }, {}, "invalid_data", "for field 'limit'"],
  ["an unknown parameter", { query: "a" }, {}, "invalid_data", "query"],
])("refuses %s", async (_, query, store, type, message) => {
  await expect(get(query, store)).rejects.toMatchObject({
    type,
    message: expect.stringContaining(message),
  })
})
