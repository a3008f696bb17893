/** Asked by probes: rendered anew each time, or a process that hangs would look well. */
export const dynamic = "force-dynamic"

/**
 * `GET /api/health`: this process answers. It doesn't ask the backend: one that is away would have all of
 * the shop's pages taken out of service, also those that need none.
 */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } })
}
