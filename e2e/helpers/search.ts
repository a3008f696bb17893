import { type Answer, send } from "./http"
import type { Shop } from "./shop"

/** A book as the index gives it out; what the tests read of it. */
export interface BookDocument {
  id: string
  handle: string
  title: string
  description: string
  authors: string[]
  tags: string[]
  categories: string[]
  category_ids: string[]
  collection: string | null
  type: string | null
  skus: string[]
  formats: string[]
  sales_channel_ids: string[]
  prices: { eur?: number; usd?: number }
  original_prices: { eur?: number; usd?: number }
  region_prices: { europe?: number; united_states?: number }
  on_sale: boolean
  updated_at: string
  in_stock: boolean
  stock: number
  language: string | null
}

export interface FacetValue {
  value: string
  count: number
}

export interface SearchResult {
  hits: { id: string; document: BookDocument }[]
  facets?: Record<string, { values: FacetValue[] }>
  metadata: { skip: number; take: number; count: number }
  provider_metadata: { mode: string; degraded?: string }
}

/** A query of `POST /store/search`; its entity is the product unless it says otherwise. */
export interface SearchQuery {
  filters?: Record<string, unknown>
  pagination?: { skip?: number; take?: number; order?: Record<string, "ASC" | "DESC"> }
  search_options?: Record<string, unknown>
}

/** The shopper's side of the search: the store's route with the storefront's key. */
export class StoreSearch {
  constructor(private readonly shop_: Shop) {}

  /** Sends any body to a route of the store; `key: null` leaves the publishable key out. */
  post(
    path: string,
    body: unknown,
    { key = this.shop_.publishable_key }: { key?: string | null } = {}
  ): Promise<Answer> {
    return send(`${this.shop_.backend_url}/store${path}`, {
      method: "POST",
      headers: key === null ? {} : { "x-publishable-api-key": key },
      body,
    })
  }

  /** Asks for completions; `key: null` leaves the publishable key out. */
  suggestions(
    query: string | Record<string, string>,
    { key = this.shop_.publishable_key }: { key?: string | null } = {}
  ): Promise<Answer> {
    return send(
      `${this.shop_.backend_url}/store/search/suggestions?${new URLSearchParams(query).toString()}`,
      { headers: key === null ? {} : { "x-publishable-api-key": key } }
    )
  }

  /** @throws Error with the answer, when it isn't a success */
  async run(query: SearchQuery): Promise<SearchResult> {
    const { status, body } = await this.post("/search", { entity: "product", ...query })
    if (status !== 200) {
      throw new Error(
        `POST /store/search answered ${status} to ${JSON.stringify(query)}: ${JSON.stringify(body)}`
      )
    }
    return (body as { results: [SearchResult] }).results[0]
  }

  /** The ids found, in their order. */
  async ids(query: SearchQuery): Promise<string[]> {
    return (await this.run(query)).hits.map(({ id }) => id)
  }

  /** The document of one product, or undefined when shoppers can't find it. */
  async document(id: string): Promise<BookDocument | undefined> {
    return (await this.run({ filters: { id } })).hits[0]?.document
  }
}

/** A search by words alone. */
export function byWords(q: string): Pick<SearchQuery, "search_options"> {
  return { search_options: { vector: { query: q, semantic_ratio: 0 } } }
}
