import { revalidateTag } from "next/cache"
import { afterEach, describe, expect, it, vi } from "vitest"
import { POST } from "./route"

vi.mock("server-only", () => ({}))
vi.mock("next/cache", () => ({ revalidateTag: vi.fn() }))

afterEach(() => {
  vi.unstubAllEnvs()
  vi.clearAllMocks()
})

function ask(authorization: string | undefined, tags: unknown = ["regions"], secret = "s3cret") {
  vi.stubEnv("REVALIDATE_SECRET", secret)
  return POST(
    new Request("http://shop/api/revalidate", {
      method: "POST",
      headers: authorization ? { authorization } : {},
      body: JSON.stringify({ tags }),
    })
  )
}

describe("POST /api/revalidate", () => {
  it("has tags forgotten at once", async () => {
    const response = await ask("Bearer s3cret", ["regions", "product:prod_1"])
    expect(response.status).toBe(200)
    expect(vi.mocked(revalidateTag).mock.calls).toEqual([
      ["regions", { expire: 0 }],
      ["product:prod_1", { expire: 0 }],
    ])
  })

  it.each([
    [401, "no secret", undefined],
    [401, "a wrong one", "Bearer s3cres"],
    [401, "the secret alone", "s3cret"],
  ])("answers %i to %s, and forgets nothing", async (status, _, authorization) => {
    expect((await ask(authorization)).status).toBe(status)
    expect(revalidateTag).not.toHaveBeenCalled()
  })

  it("answers 400 to what is no tag", async () => {
    expect((await ask("Bearer s3cret", ["_N_T_/"])).status).toBe(400)
  })

  it("is closed where no secret is set", async () => {
    expect((await ask("Bearer ", ["regions"], "")).status).toBe(503)
  })
})
