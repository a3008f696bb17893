import { describe, expect, it } from "vitest"
import { readAddress } from "./address"

const GOOD = {
  email: "ada@example.com",
  first_name: "Ada",
  last_name: "Lovelace",
  address_1: "12 St James's Square",
  postal_code: "10115",
  city: "Berlin",
  country_code: "de",
}

function form(values: Record<string, string>): FormData {
  const data = new FormData()
  Object.entries(values).forEach(([name, value]) => data.set(name, value))
  return data
}

describe("readAddress", () => {
  it("accepts a whole address and trims it", () => {
    const { values, errors } = readAddress(form({ ...GOOD, city: "  Berlin " }), ["de"])
    expect(errors).toEqual({})
    expect(values.city).toBe("Berlin")
  })

  it("has a sentence for each field that is missing, and none for those one may leave", () => {
    const { errors } = readAddress(form({}), ["de"])
    expect(Object.keys(errors).sort()).toEqual(Object.keys(GOOD).sort())
  })

  it("refuses what can't be an e-mail address and countries of other regions", () => {
    const { errors } = readAddress(form({ ...GOOD, email: "ada@", country_code: "us" }), ["de"])
    expect(Object.keys(errors).sort()).toEqual(["country_code", "email"])
  })

  it("refuses a novel in the address line", () => {
    const { errors } = readAddress(form({ ...GOOD, address_1: "x".repeat(500) }), ["de"])
    expect(errors.address_1).toBeDefined()
  })
})
