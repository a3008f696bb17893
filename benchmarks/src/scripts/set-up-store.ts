import type { ExecArgs } from "@medusajs/framework/types"
import {
  createApiKeysWorkflow,
  createSalesChannelsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
} from "@medusajs/medusa/core-flows"
import { modelLoaded } from "../embedding/model-loaded"

/** Creates a channel and its key: all that a search through the store's API needs. */
export default async function run({ container }: ExecArgs): Promise<void> {
  const { result: channels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Benchmarks" }] },
  })
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Benchmarks", type: "publishable", created_by: "" }] },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: keys[0].id, add: [channels[0].id] },
  })
  await modelLoaded(container)
  const facts = { publishable_key: keys[0].token, sales_channel_id: channels[0].id }
  console.log(`LIBRO_SETUP ${JSON.stringify(facts)}`)
}
