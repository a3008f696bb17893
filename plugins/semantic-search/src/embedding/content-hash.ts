import { createHash } from "node:crypto"

/**
 * The key under which a text's embedding is kept: two documents with the same text share one, and a
 * text that didn't change is never embedded again. 128 bits of SHA-256, in hexadecimal.
 */
export function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32)
}
