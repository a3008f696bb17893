import "server-only"

const DEFAULT_BACKEND_URL = "http://localhost:9000"

/** Where the backend is, and as whom the shop asks it. */
export interface BackendConfig {
  /** Without a slash at its end. */
  url: string
  publishableKey: string
}

/**
 * Reads the environment at each call: the same build runs against any backend, and `next build`
 * needs none.
 */
export function backendConfig(): BackendConfig {
  return {
    url: (process.env.MEDUSA_BACKEND_URL || DEFAULT_BACKEND_URL).replace(/\/+$/, ""),
    publishableKey: process.env.MEDUSA_PUBLISHABLE_KEY ?? "",
  }
}
