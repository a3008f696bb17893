/** The most tags of one request. Where more has changed, the backend says "products". */
const MOST_TAGS = 500

/** "products" is on all that shows a product; "missing-products" on addresses that have none. */
const TAG = /^(?:regions|categories|products|missing-products|product:[\w-]{1,100})$/

/**
 * Reads what `POST /api/revalidate` is told to forget: `{ "tags": ["product:prod_1"] }`.
 *
 * @param text of the body
 * @returns undefined when it is anything else
 */
export function readTags(text: string): string[] | undefined {
  const tags = parse(text)?.tags
  return Array.isArray(tags) && tags.length > 0 && tags.length <= MOST_TAGS && tags.every(isTag)
    ? [...new Set(tags)]
    : undefined
}

const isTag = (tag: unknown): tag is string => typeof tag === "string" && TAG.test(tag)

function parse(text: string): { tags?: unknown } | null {
  try {
    return JSON.parse(text) as { tags?: unknown } | null
  } catch {
    return null
  }
}
