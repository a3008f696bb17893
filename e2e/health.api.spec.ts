import { expect, test } from "./helpers/test"

test("the storefront and the backend say that they are well", async ({ shop }) => {
  const storefront = await fetch(`${shop.storefront_url}/api/health`)
  expect(storefront.status).toBe(200)
  expect(storefront.headers.get("cache-control")).toBe("no-store")
  const backend = await fetch(`${shop.backend_url}/ready`)
  expect({ status: backend.status, body: await backend.json() }).toEqual({
    status: 200,
    body: { database: "ok" },
  })
})
