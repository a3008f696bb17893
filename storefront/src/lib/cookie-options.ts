import "server-only"
import { headers } from "next/headers"

/** How the shop's own cookies are kept: out of scripts' sight, and encrypted wherever the shop is. */
export async function cookieOptions(maxAgeSeconds: number) {
  const protocol = (await headers()).get("x-forwarded-proto")
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: protocol === "https",
    path: "/",
    maxAge: maxAgeSeconds,
  } as const
}

export const MONTH_SECONDS = 30 * 24 * 60 * 60
