import type { ExecArgs } from "@medusajs/framework/types"
import { buildIndex } from "../dataset/build-index"
import { modelLoaded } from "../embedding/model-loaded"

/** Fills the index that the first argument names, and leaves with every vector in place. */
export default async function run({ container, args: [index] }: ExecArgs): Promise<void> {
  await buildIndex(container, index)
  await modelLoaded(container)
}
