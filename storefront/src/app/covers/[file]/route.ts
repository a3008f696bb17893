import { backendConfig } from "@/lib/config"

/** Covers change only with a title or an author: an hour in the browser, a day while a new one is fetched. */
const CACHE_CONTROL = "public, max-age=3600, stale-while-revalidate=86400"

/** A handle of the catalogue, and nothing that could lead elsewhere. */
const COVER_FILE = /^[a-z0-9]+(?:-[a-z0-9]+)*\.svg$/

/**
 * A book's cover, passed on from the backend. An SVG that is opened by itself is a document that could
 * run scripts: its policy lets it do nothing.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ file: string }> }
): Promise<Response> {
  const { file } = await params
  if (!COVER_FILE.test(file)) {
    return new Response(null, { status: 404 })
  }
  const known = request.headers.get("if-none-match")
  try {
    const upstream = await fetch(`${backendConfig().url}/covers/${file}`, {
      signal: request.signal,
      cache: "no-store",
      headers: known ? { "if-none-match": known } : undefined,
    })
    return passedOn(upstream)
  } catch {
    return new Response(null, { status: 502 })
  }
}

function passedOn(upstream: Response): Response {
  const { status } = upstream
  if (status !== 200 && status !== 304) {
    return new Response(null, { status: status < 500 ? 404 : 502 })
  }
  const headers = new Headers({
    "content-type": "image/svg+xml",
    "cache-control": CACHE_CONTROL,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
  })
  const etag = upstream.headers.get("etag")
  if (etag) {
    headers.set("etag", etag)
  }
  return new Response(status === 304 ? null : upstream.body, { status, headers })
}
