import { postStore } from "@/lib/medusa/post-store"

/** The search of the browser: passed on to the store's with the key that the browser doesn't have. */
export async function POST(request: Request): Promise<Response> {
  const upstream = await postStore("/store/search", request)
  return new Response(upstream.body, {
    status: upstream.status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  })
}
