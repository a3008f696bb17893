import type { IncomingMessage } from "node:http"
import { addressOf, placeOf, shopperKeys, trustedProxies } from "./shopper-keys"

const request = (peer: string, forwarded?: string) =>
  ({
    socket: { remoteAddress: peer },
    connection: { remoteAddress: peer },
    headers: forwarded ? { "x-forwarded-for": forwarded } : {},
  }) as unknown as IncomingMessage

const isTrusted = trustedProxies(["loopback", "uniquelocal"])

describe("where a question comes from", () => {
  it.each([
    ["who is connected, without a proxy", "203.0.113.9", undefined, "203.0.113.9"],
    ["not what a stranger claims to be", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["whom a proxy names", "10.0.0.4", "203.0.113.9", "203.0.113.9"],
    ["whom two proxies name", "10.0.0.4", "203.0.113.9, 10.0.0.3", "203.0.113.9"],
    [
      "not what a stranger told a proxy",
      "10.0.0.4",
      "198.51.100.1, 203.0.113.9, 10.0.0.3",
      "203.0.113.9",
    ],
    ["a proxy that names nobody", "10.0.0.4", undefined, "10.0.0.4"],
  ])("is %s", (_, peer, forwarded, address) => {
    expect(addressOf(request(peer, forwarded), isTrusted)).toBe(address)
  })

  it("is who is connected, whatever they say, where no proxy is trusted", () => {
    const nobody = trustedProxies([])
    expect(addressOf(request("10.0.0.4", "203.0.113.9"), nobody)).toBe("10.0.0.4")
  })
})

describe("a place", () => {
  it("is one network of IPv6, as its owner has every address in it", () => {
    expect(placeOf("2001:db8:1:2:3:4:5:6")).toBe(placeOf("2001:db8:1:2::1"))
    expect(placeOf("2001:db8:1:2::1")).not.toBe(placeOf("2001:db8:1:3::1"))
  })

  it("is one address of IPv4, however it is written", () => {
    expect(placeOf("::ffff:203.0.113.9")).toBe("203.0.113.9")
    expect(placeOf("203.0.113.9")).not.toBe(placeOf("203.0.113.8"))
  })

  it("may be no address at all", () => {
    expect(placeOf("unknown")).toBe("unknown")
  })
})

describe("keys", () => {
  const address = "203.0.113.9"

  it("count a customer apart from the address, and others by it", () => {
    const customer = shopperKeys({ customer: "cus_1", address }, "secret")
    const guest = shopperKeys({ address }, "secret")
    expect(customer.shopper).not.toBe(customer.address)
    expect(guest.shopper).toBe(guest.address)
    expect(customer.address).toBe(guest.address)
  })

  it("say nothing of who it is, and differ between shops", () => {
    const keys = shopperKeys({ customer: "cus_1", address }, "secret")
    expect(JSON.stringify(keys)).not.toMatch(/cus_1|203\.0/)
    expect(shopperKeys({ address }, "other")).not.toEqual(shopperKeys({ address }, "secret"))
  })

  it("of a customer can't be an address's", () => {
    const { shopper } = shopperKeys({ customer: address, address: "198.51.100.1" }, "secret")
    expect(shopper).not.toBe(shopperKeys({ address }, "secret").shopper)
  })
})
