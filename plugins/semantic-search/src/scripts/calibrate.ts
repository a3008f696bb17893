import { readFile } from "node:fs/promises"
import type { ExecArgs } from "@medusajs/framework/types"
import { type Calibration, calibrate as measure } from "../providers/pgvector/calibration"
import { pgvectorRuntime } from "../providers/pgvector/runtime"
import { asksForUsage } from "./usage"

const USAGE = `Usage: npx medusa exec ./src/scripts/calibrate.ts FILE [INDEX]

Measures how the embedding model's similarities are to be read on this catalogue, and proposes the
embedder's option "similarity". FILE holds searches as shoppers make them, one a line; thirty are enough.
INDEX is "product" unless said.`

/** Proposes `similarity` for the embedder that the store is configured with. */
export default async function calibrate({ args }: ExecArgs): Promise<void> {
  const [file, index = "product"] = args
  if (!file || asksForUsage(args)) {
    return console.log(USAGE)
  }
  const runtime = pgvectorRuntime()
  if (!runtime) {
    throw new Error(`The "pgvector" search provider isn't registered: see medusa-config.ts`)
  }
  const searches = (await readFile(file, "utf8")).split("\n").map((line) => line.trim())
  console.log(report(await measure(runtime, index, searches.filter(Boolean))))
}

function report({ index, model, documents, proposed, searches }: Calibration): string {
  return [
    `${model} on ${documents} documents of ${index}`,
    "",
    "nearest  above floor  search",
    ...searches.map(({ text, nearest, above_floor }) =>
      [nearest.toFixed(2).padStart(7), String(above_floor).padStart(11), text].join("  ")
    ),
    "",
    `similarity: { floor: ${proposed.floor}, ceiling: ${proposed.ceiling} }`,
    "",
    "A search for what the store doesn't have should have next to nothing above the floor.",
  ].join("\n")
}
