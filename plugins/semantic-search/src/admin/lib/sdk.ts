import Medusa from "@medusajs/js-sdk"

/** Medusa's client: the admin is served by the backend itself, and its session's cookie signs in. */
export const sdk = new Medusa({ baseUrl: "/", auth: { type: "session" } })
