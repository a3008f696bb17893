import { createHash } from "node:crypto"
import { createWriteStream, mkdirSync, renameSync } from "node:fs"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { writeJson } from "./json-file.mjs"

/**
 * Documents and their search fields in the form that the application in benchmarks/ reads.
 *
 * @typedef {object} Dataset
 * @property {string} file The description, for LIBRO_DATASET.
 * @property {Record<"pgvector" | "search-postgres", string>} indexes The index of each provider.
 * @property {number} count
 * @property {string} hash Of the documents and their fields.
 */

/**
 * Writes a dataset.
 *
 * @param {object} options
 * @param {string} options.directory Where its files go.
 * @param {string} options.key Names it among others, in letters, digits and underscores.
 * @param {Record<string, object>} options.fields
 * @param {AsyncIterable<Record<string, unknown>>} options.documents
 * @returns {Promise<Dataset>}
 */
export async function writeDataset({ directory, key, fields, documents }) {
  mkdirSync(directory, { recursive: true })
  const target = join(directory, `${key}.jsonl`)
  const draft = `${target}.${process.pid}`
  const hash = createHash("sha256").update(JSON.stringify(fields))
  const stream = createWriteStream(draft)
  let count = 0
  for await (const document of documents) {
    const line = `${JSON.stringify(document)}\n`
    hash.update(line)
    count++
    if (!stream.write(line)) await new Promise((resolve) => stream.once("drain", resolve))
  }
  stream.end()
  await finished(stream)
  renameSync(draft, target)
  const indexes = { pgvector: `${key}_pgvector`, "search-postgres": `${key}_native` }
  const file = join(directory, `${key}.json`)
  writeJson(file, { documents: target, count, fields, indexes })
  return { file, indexes, count, hash: hash.digest("hex") }
}
