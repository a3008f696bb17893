import { describe, expect, it } from "vitest"
import { currencySign, formatMoney } from "./money"

describe("formatMoney", () => {
  it("writes euros and dollars with their sign in front and two digits", () => {
    expect(formatMoney(9.5, "eur")).toBe("€9.50")
    expect(formatMoney(10.99, "usd")).toBe("$10.99")
  })

  it("takes the code in either case", () => {
    expect(formatMoney(4, "EUR")).toBe("€4.00")
  })

  it("groups thousands", () => {
    expect(formatMoney(1234.5, "usd")).toBe("$1,234.50")
  })

  it("gives a currency without a fraction none", () => {
    expect(formatMoney(1500, "jpy")).toMatch(/1,500$/)
  })

  it("rounds half a cent instead of showing it", () => {
    expect(formatMoney(0.1 + 0.2, "eur")).toBe("€0.30")
  })
})

describe("currencySign", () => {
  it("is the sign alone", () => {
    expect([currencySign("eur"), currencySign("usd")]).toEqual(["€", "$"])
  })
})
