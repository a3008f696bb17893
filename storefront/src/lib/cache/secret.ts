import { createHash, timingSafeEqual } from "node:crypto"

const digest = (text: string) => createHash("sha256").update(text).digest()

/**
 * Whether a request carries `Authorization: Bearer SECRET`. How long the comparison takes says nothing of
 * the secret.
 */
export function carriesSecret(headers: Headers, secret: string): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(secret))
}
