import type { MedusaContainer } from "@medusajs/framework/types"
import { SEMANTIC_SEARCH_MODULE } from "medusa-plugin-semantic-search/modules/semantic-search"

/**
 * Waits until the model is loaded, which begins as the application starts: a script that ends meanwhile
 * takes the process down while native code is under way, and it ends in an abort.
 */
export async function modelLoaded(container: MedusaContainer): Promise<void> {
  await container.resolve<{ status(): Promise<unknown> }>(SEMANTIC_SEARCH_MODULE).status()
}
