import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** The checkout's root folder, as an absolute path. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "")

export const BACKEND = join(ROOT, "backend")
/** The application that holds nothing but indexes to be measured. */
export const BENCHMARKS = join(ROOT, "benchmarks")
export const PLUGIN = join(ROOT, "plugins", "semantic-search")
export const STOREFRONT = join(ROOT, "storefront")
export const E2E = join(ROOT, "e2e")

/** Everything that is made at run time lies below this folder; git ignores it. */
export const STATE = join(ROOT, ".libro")
