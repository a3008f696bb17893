import { describe, expect, it } from "vitest"
import type { BookVariant } from "./book-product"
import { availability } from "./stock"

const variant = (facts: Partial<BookVariant>) => facts as BookVariant

describe("availability", () => {
  it("never runs out of downloads", () => {
    expect(availability(variant({ manage_inventory: false })).available).toBe(true)
  })

  it("says how many copies are left when few are", () => {
    const of = (inventory_quantity: number) =>
      availability(variant({ manage_inventory: true, inventory_quantity })).label
    expect([of(23), of(3), of(1)]).toEqual(["In stock", "Only 3 left", "The last copy"])
  })

  it("doesn't sell what isn't there, unless it may be ordered", () => {
    const none = { manage_inventory: true, inventory_quantity: 0 }
    expect(availability(variant(none))).toEqual({ available: false, label: "Sold out" })
    expect(availability(variant({ ...none, allow_backorder: true })).available).toBe(true)
  })
})
