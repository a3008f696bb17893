import type { ExecArgs } from "@medusajs/framework/types"
import { SEMANTIC_SEARCH_MODULE } from "medusa-plugin-semantic-search/modules/semantic-search"
import { buildIndex } from "../dataset/build-index"

/** Fills the index that the first argument names, and leaves with every vector in place. */
export default async function run({ container, args: [index] }: ExecArgs): Promise<void> {
  await buildIndex(container, index)
  // Looks at the model, and so waits until it is loaded: a process that ends meanwhile is aborted.
  await container.resolve<{ status(): Promise<unknown> }>(SEMANTIC_SEARCH_MODULE).status()
}
