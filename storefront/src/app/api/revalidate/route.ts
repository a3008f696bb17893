import { revalidateTag } from "next/cache"
import { carriesSecret } from "@/lib/cache/secret"
import { readTags } from "@/lib/cache/tags"
import { failure } from "@/lib/medusa/post-store"

/** 500 tags, and more than that. */
const MAX_BODY_LENGTH = 64 * 1024

/**
 * `POST /api/revalidate` with `Authorization: Bearer REVALIDATE_SECRET` and `{ "tags": ["product:prod_1"] }`:
 * the backend says what has changed. Nothing that was cached under these tags is shown again, by any replica
 * that shares the cache.
 *
 * 401 for a wrong secret, 400 for anything but tags, 503 where no secret is set.
 */
export async function POST(request: Request): Promise<Response> {
  const secret = process.env.REVALIDATE_SECRET
  if (!secret) {
    return failure(
      503,
      "This shop has no REVALIDATE_SECRET: set one here and the same in the backend."
    )
  }
  if (!carriesSecret(request.headers, secret)) {
    return failure(401, 'The header "Authorization: Bearer REVALIDATE_SECRET" is missing or wrong.')
  }
  const tooLong = Number(request.headers.get("content-length")) > MAX_BODY_LENGTH
  const tags = tooLong ? undefined : readTags(await request.text())
  if (!tags) {
    return failure(
      400,
      '"tags" takes 1 to 500 of "regions", "categories", "products", "missing-products", "product:ID".'
    )
  }
  for (const tag of tags) {
    // Expired at once: who comes next sees the new state, not the old one for a last time.
    revalidateTag(tag, { expire: 0 })
  }
  return Response.json({ tags: tags.length }, { headers: { "cache-control": "no-store" } })
}
