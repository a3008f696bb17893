import { describe, expect, it } from "vitest"
import { summarise, type Sums } from "./summary"

const sums = (facts: Partial<Sums>): Sums => ({
  currency_code: "eur",
  total: 20,
  item_subtotal: 18.69,
  original_item_total: 20,
  shipping_subtotal: 0,
  shipping_total: 0,
  discount_total: 0,
  tax_total: 1.31,
  items: [{ is_tax_inclusive: true }],
  shipping_methods: [],
  ...facts,
})

const add = ({ lines }: { lines: { amount: number }[] }) =>
  lines.reduce((total, { amount }) => total + amount, 0)

describe("summarise", () => {
  it("sums European prices as they stand and remarks the tax in them", () => {
    const summary = summarise(sums({}))
    expect(summary.lines).toEqual([{ label: "Books", amount: 20 }])
    expect(summary.includedTax).toBe(1.31)
  })

  it("adds American tax as a line, and the lines add up", () => {
    const summary = summarise(
      sums({
        items: [{ is_tax_inclusive: false }],
        item_subtotal: 20,
        shipping_methods: [{}],
        shipping_subtotal: 5,
        tax_total: 2,
        total: 27,
      })
    )
    expect(summary.lines.map(({ label }) => label)).toEqual(["Books", "Delivery", "Tax"])
    expect(summary.includedTax).toBeUndefined()
    expect(add(summary)).toBe(summary.total)
  })

  it("names delivery once it is chosen, even when it costs nothing", () => {
    expect(summarise(sums({ shipping_methods: [{}] })).lines).toContainEqual({
      label: "Delivery",
      amount: 0,
    })
  })

  it("takes a discount off", () => {
    expect(summarise(sums({ discount_total: 4 })).lines).toContainEqual({
      label: "Discount",
      amount: -4,
    })
  })
})
