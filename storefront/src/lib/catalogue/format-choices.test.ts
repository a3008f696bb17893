import { describe, expect, it } from "vitest"
import type { BookVariant } from "./book-product"
import { formatChoices } from "./format-choices"

const variant = (title: string, amount: number | null) =>
  ({
    id: title,
    title,
    manage_inventory: false,
    calculated_price: amount === null ? null : { calculated_amount: amount },
  }) as unknown as BookVariant

describe("formatChoices", () => {
  it("begin with the paperback, however Medusa sorts them", () => {
    const titles = formatChoices(
      [variant("Audiobook", 15), variant("Box set", 90), variant("Paperback", 9.95)],
      "eur"
    ).map(({ title }) => title)
    expect(titles).toEqual(["Paperback", "Audiobook", "Box set"])
  })

  it("can't be bought where they have no price", () => {
    expect(formatChoices([variant("E-book", null)], "usd")[0]).toMatchObject({
      available: false,
      price: undefined,
    })
  })
})
