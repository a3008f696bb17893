import type { VariantRow } from "./product-graph"
import { purchasable, sellableUnits } from "./product-offers"

/** A variant whose stock is counted. */
function stocked(...items: VariantRow["inventory_items"] & object): VariantRow {
  return { id: "v", manage_inventory: true, inventory_items: items }
}

/** An inventory item with levels of [stocked, reserved]. */
function item(levels: [number | string, number | string][], required_quantity = 1) {
  const location_levels = levels.map(([stocked_quantity, reserved_quantity]) => ({
    stocked_quantity,
    reserved_quantity,
  }))
  return { required_quantity, inventory: { location_levels } }
}

describe("sellableUnits", () => {
  it.each<[string, VariantRow, number | undefined]>([
    [
      "all locations, less what is reserved",
      stocked(
        item([
          [5, 2],
          ["10", "3"],
        ])
      ),
      10,
    ],
    ["as many sets as the scarcest part allows", stocked(item([[9, 0]], 2), item([[3, 0]])), 3],
    ["whole sets only", stocked(item([[5, 0]], 2)), 2],
    ["none where more is reserved than there is", stocked(item([[1, 4]])), 0],
    ["none where nothing is stocked", stocked(), 0],
    ["none where the item has no level", stocked({ inventory: null }), 0],
    ["no number where stock isn't counted", { id: "v", manage_inventory: false }, undefined],
  ])("is %s", (_, variant, units) => {
    expect(sellableUnits(variant)).toBe(units)
  })
})

describe("purchasable", () => {
  it.each<[string, VariantRow, boolean]>([
    ["with stock", stocked(item([[1, 0]])), true],
    ["not without", stocked(item([[1, 1]])), false],
    ["on back order", { ...stocked(item([[0, 0]])), allow_backorder: true }, true],
    ["where stock isn't counted", { id: "v" }, true],
  ])("%s", (_, variant, expected) => {
    expect(purchasable(variant)).toBe(expected)
  })
})
