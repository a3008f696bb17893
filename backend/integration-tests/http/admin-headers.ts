import type { MedusaContainer } from "@medusajs/framework/types"
import type { MedusaSuiteOptions } from "@medusajs/test-utils"
import { createUserAccountWorkflow } from "@medusajs/medusa/core-flows"

const CREDENTIALS = { email: "merchant@libro-mind.test", password: "a-password-for-tests" }

/** Creates a merchant by the routes that the admin uses, and answers the headers of their requests. */
export async function createAdminHeaders(
  api: MedusaSuiteOptions["api"],
  container: MedusaContainer
) {
  const { data: registered } = await api.post("/auth/user/emailpass/register", CREDENTIALS)
  const [, claims] = registered.token.split(".")
  const { auth_identity_id } = JSON.parse(Buffer.from(claims, "base64url").toString())
  await createUserAccountWorkflow(container).run({
    input: { authIdentityId: auth_identity_id, userData: { email: CREDENTIALS.email } },
  })
  const { data } = await api.post("/auth/user/emailpass", CREDENTIALS)
  return { headers: { authorization: `Bearer ${data.token}` } }
}
