import { subscribe, unsubscribe } from "node:diagnostics_channel"
import type { IncomingMessage } from "node:http"

/** Where Node tells of each request before anybody else sees it. */
const REQUESTS = "http.server.request.start"

/**
 * Appends the address of whoever is connected to `X-Forwarded-For`, as a proxy does. Next leaves what a
 * browser claims there as it is; only with the address behind it can the backend tell a claim from a fact.
 *
 * @returns stops it
 */
export function appendPeers(): () => void {
  subscribe(REQUESTS, appendPeer)
  return () => unsubscribe(REQUESTS, appendPeer)
}

function appendPeer(message: unknown): void {
  const { headers, socket } = (message as { request: IncomingMessage }).request
  const hops = [headers["x-forwarded-for"], socket.remoteAddress].filter(Boolean)
  headers["x-forwarded-for"] = hops.join(", ")
}
