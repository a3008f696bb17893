import { readdir } from "node:fs/promises"
import path from "node:path"
import type { ExecArgs } from "@medusajs/framework/types"
import { reconcileProducts, waitUntilEmbedded } from "medusa-plugin-semantic-search/maintenance"
import { asksForUsage } from "medusa-plugin-semantic-search/scripts/usage"
import { importBooks } from "../catalogue/import-books"
import { READABLE } from "../catalogue/read-rows"

/** The catalogue that comes with the shop. */
const CATALOGUE = path.resolve(__dirname, "../../data/catalogue")

const USAGE = `Usage: npx medusa exec ./src/scripts/import-books.ts [FILE | FOLDER]...

Imports books from .jsonl, .json or .csv files; without any, the catalogue of the shop.
A book whose slug the store has is updated, so an import may be repeated.
docs/catalogue.md describes the fields.`

/** Imports books and leaves with the search index complete. */
export default async function run({ container, args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const files = await catalogueFiles(args.length ? args : [CATALOGUE])
  const started = Date.now()
  const { created, updated, rejected } = await importBooks(container, files, {
    onProgress: (report) =>
      console.log(
        `Importing books: ${report.created} created, ${report.updated} updated, ${report.rejected.length} rejected`
      ),
  })
  for (const { file, line, reason } of rejected) {
    console.error(`${path.relative(process.cwd(), file)}:${line}: ${reason}`)
  }
  // Events that are on their way when this process ends would be lost with it.
  await reconcileProducts(container)
  await waitUntilEmbedded(container, ({ embedded, total }) =>
    console.log(`Embedding books: ${embedded} of ${total}`)
  )
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(
    `Imported ${created + updated} book(s) in ${seconds} s: ${created} created, ${updated} updated, ${rejected.length} rejected`
  )
  if (rejected.length) {
    process.exitCode = 1
  }
}

async function catalogueFiles(paths: string[]): Promise<string[]> {
  const files: string[] = []
  for (const given of paths) {
    if (path.extname(given)) {
      files.push(path.resolve(given))
      continue
    }
    const names = (await readdir(given)).filter((name) =>
      (READABLE as readonly string[]).includes(path.extname(name))
    )
    files.push(...names.sort().map((name) => path.resolve(given, name)))
  }
  return files
}
