import { describe, expect, it } from "vitest"
import { canonicalSearch, readSearchState, searchHref, writeSearchState } from "./url-state"

const read = (address: string, currency = "eur") =>
  readSearchState(new URLSearchParams(address), currency)

describe("the address of a search", () => {
  it("keeps query, choices, price, stock, order and page, there and back", () => {
    const address =
      "q=white+whale&shelf=classics&mood=epic&mood=dark&author=Herman+Melville&price=5-20&stock=1&sort=price&page=3"
    const state = read(address)
    expect(state).toEqual({
      query: "white whale",
      refinementList: {
        category_handles: ["classics"],
        tags: ["epic", "dark"],
        authors: ["Herman Melville"],
      },
      range: { "prices.eur": "5:20" },
      toggle: { in_stock: true },
      sortBy: "product/sort/prices.eur:asc",
      page: 3,
    })
    expect(writeSearchState(state, "eur").toString()).toBe(address)
  })

  it("is short when nothing is chosen", () => {
    expect(read("")).toEqual({})
    expect(searchHref({ query: "", page: 1, toggle: { in_stock: false } })).toBe("/search")
  })

  it("sorts and limits prices in the shopper's currency", () => {
    expect(read("price=-15&sort=price-desc", "usd")).toEqual({
      range: { "prices.usd": ":15" },
      sortBy: "product/sort/prices.usd:desc",
    })
  })

  it("leaves out what it doesn't understand instead of failing", () => {
    expect(read("page=-2&price=abc&sort=random&shelf=&stock=yes&utm_source=x&q=%20")).toEqual({})
    expect(read("price=20-5&page=1e9")).toEqual({})
  })

  it("cuts a query that no search would take", () => {
    expect(read(`q=${"x".repeat(10_000)}`).query).toHaveLength(500)
  })

  it("takes control characters out, which the backend would refuse", () => {
    expect(read("q=white%00whale").query).toBe("white whale")
    expect(read("q=%00%01")).toEqual({})
  })

  it("keeps accents and ampersands", () => {
    const href = searchHref({ refinementList: { authors: ["Emily Brontë"], subjects: ["R & D"] } })
    expect(read(href.split("?")[1]!).refinementList).toEqual({
      authors: ["Emily Brontë"],
      subjects: ["R & D"],
    })
  })

  it("sees that two addresses mean one search", () => {
    const canonical = (address: string) => canonicalSearch(new URLSearchParams(address), "eur")
    expect(canonical("page=1&mood=dark&q=sea")).toBe(canonical("q=sea&mood=dark&mood=dark"))
  })
})
