import "server-only"
import Medusa from "@medusajs/js-sdk"
import { backendConfig } from "../config"

let client: { sdk: Medusa; key: string } | undefined

/** The Medusa client. One for the process, made anew when the environment says something else. */
export function medusa(): Medusa {
  const { url, publishableKey } = backendConfig()
  const key = `${url} ${publishableKey}`
  if (client?.key !== key) {
    const sdk = new Medusa({
      baseUrl: url,
      publishableKey,
      // The SDK refuses to keep a token without a store; guests have none.
      auth: { type: "jwt", jwtTokenStorageMethod: "nostore" },
    })
    client = { sdk, key }
  }
  return client.sdk
}
