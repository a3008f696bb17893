import { describe, expect, it } from "vitest"
import { cartProblem } from "./cart-problem"

/** As Medusa's client throws it. */
const answer = (message: string, status: number) => Object.assign(new Error(message), { status })

describe("cartProblem", () => {
  it("says in the shopper's words that stock is short", () => {
    const error = answer("Some variant does not have the required inventory", 400)
    expect(cartProblem(error)).toBe("There aren't that many copies left.")
  })

  it("passes another refusal on, and hides what only an engineer would understand", () => {
    expect(cartProblem(answer("Cart is closed", 400))).toContain("Cart is closed")
    expect(cartProblem(new TypeError("fetch failed"))).not.toContain("fetch")
    expect(cartProblem(answer("deadlock", 500))).not.toContain("deadlock")
  })
})
