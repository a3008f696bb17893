import { Modules } from "@medusajs/framework/utils"
import * as runtime from "../providers/pgvector/runtime"
import { noteSearches } from "./note-searches"

const FOUND = { hits: [{ id: "a", document: {} }] }
const NOTHING = { hits: [] }

function noted(body: unknown, ...results: { hits: never[] | typeof FOUND.hits }[]) {
  const searched = jest.fn()
  runtime.registerRuntime({ phrases: { searched } } as never)
  const request = {
    body,
    publishable_key_context: { sales_channel_ids: ["web"] },
    scope: {
      resolve: (name: string) =>
        name === Modules.SEARCH && {
          getIndex: (index: string) => ({ physical_name: `shop_${index}` }),
        },
    },
  }
  noteSearches(request as never, results)
  return searched.mock.calls.map(([search]) => search)
}

const query = (q: unknown, extra = {}) => ({ entity: "product", filters: { q }, ...extra })
const search = (text: string) => ({ root: "shop_product", text, channels: ["web"] })

it("notes the text of a search that found something", () => {
  expect(noted(query("whales"), FOUND)).toEqual([search("whales")])
  expect(
    noted({ queries: [query("a cat"), query("a dog"), query("a cow")] }, FOUND, NOTHING, FOUND)
  ).toEqual([search("a cat"), search("a cow")])
})

it.each([
  ["a search that found nothing", query("whales"), NOTHING],
  ["a later page", query("whales", { pagination: { skip: 20 } }), FOUND],
  [
    "a text that is being typed",
    query("wha", { search_options: { match_strategy: "last" } }),
    FOUND,
  ],
  ["a list without a text", query(undefined), FOUND],
])("passes over %s", (_, body, result) => {
  expect(noted(body, result)).toEqual([])
})
