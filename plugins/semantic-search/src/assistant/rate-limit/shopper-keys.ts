import { createHmac } from "node:crypto"
import type { IncomingMessage } from "node:http"
import ipaddr from "ipaddr.js"
import proxyAddr from "proxy-addr"

/** Whom a question counts for. */
export interface ShopperKeys {
  /** The customer who is logged in, else the same as `address`. */
  shopper: string
  /** The network address that the question came from. */
  address: string
}

/** Of the eight parts of an IPv6 address: those of the network that a connection to the internet has at least. */
const NETWORK_PARTS = 4

/** Whether an address is that of a proxy whose word on who asked it counts. */
export type IsTrustedProxy = (address: string, hop: number) => boolean

/**
 * Reads addresses, ranges and names ("loopback", "linklocal", "uniquelocal") of trusted proxies.
 *
 * @throws TypeError that names what is none of these
 */
export function trustedProxies(proxies: string[]): IsTrustedProxy {
  return proxyAddr.compile(proxies)
}

/**
 * Where a request came from: the nearest address that is not one of the trusted proxies. What stands in
 * `X-Forwarded-For` counts only as far as trusted proxies have written it, so nobody chooses an address.
 * Express' `request.ip` is no help: Medusa trusts whoever is connected, the shopper included.
 */
export function addressOf(request: IncomingMessage, isTrusted: IsTrustedProxy): string {
  return proxyAddr(request, isTrusted)
}

/** What counts as one place: an IPv4 address, or the network of an IPv6 one, whose owner has 2^64 of them. */
export function placeOf(address: string): string {
  if (!ipaddr.isValid(address)) {
    return address
  }
  const parsed = ipaddr.process(address)
  return "parts" in parsed
    ? new ipaddr.IPv6([...parsed.parts.slice(0, NETWORK_PARTS), 0, 0, 0, 0]).toString()
    : parsed.toString()
}

/**
 * The keys under which a question is counted. They are keyed hashes, as addresses and customers have no
 * place in a table of counts.
 *
 * @param secret the same in all processes of the shop
 */
export function shopperKeys(
  { customer, address }: { customer?: string; address: string },
  secret: string
): ShopperKeys {
  const hash = (text: string) => createHmac("sha256", secret).update(text).digest("base64url")
  const place = hash(`address ${placeOf(address)}`)
  return { shopper: customer ? hash(`customer ${customer}`) : place, address: place }
}
