import { describe, expect, it } from "vitest"
import { stepsOf, stepToShow } from "./steps"

type Basket = Parameters<typeof stepToShow>[0]

const basket = (facts: object, printed = true) =>
  ({ items: [{ requires_shipping: printed }], ...facts }) as unknown as Basket

const ADDRESS = { email: "a@example.com", shipping_address: { address_1: "Street 1" } }

describe("the steps of the checkout", () => {
  it("start with the address, whatever the address bar says", () => {
    expect(stepToShow(basket({}), "review")).toBe("address")
  })

  it("go on with delivery once the address is there, and may go back", () => {
    expect(stepToShow(basket(ADDRESS), undefined)).toBe("delivery")
    expect(stepToShow(basket(ADDRESS), "address")).toBe("address")
  })

  it("end with the review when delivery is chosen", () => {
    expect(stepToShow(basket({ ...ADDRESS, shipping_methods: [{}] }), undefined)).toBe("review")
  })

  it("leave delivery out for downloads", () => {
    expect(stepsOf(basket({}, false))).toEqual(["address", "review"])
    expect(stepToShow(basket(ADDRESS, false), undefined)).toBe("review")
  })
})
