import { createReadStream, existsSync, readFileSync, statSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { createInterface } from "node:readline"
import { ToolError } from "./errors.mjs"
import { isAnswerable } from "./metrics.mjs"

/** The index gives this name to what is embedded. */
const RESERVED = "embedding"
/** A product's own word on what is embedded of it. */
const EMBEDDED_TEXT = "embedded_text"
const BYTE_ORDER_MARK = /^\ufeff/
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]*$/
const GRADE = /^-?\d+(\.\d+)?$/

/** How much a word counts by where it stands; elsewhere 1. */
const WEIGHTS = { title: 3, brand: 2, authors: 2, author: 2, series: 2 }

/**
 * A collection of products, searches and judgments.
 *
 * @typedef {object} Collection
 * @property {string} name The folder's name; with its parent's, where the products lie in that.
 * @property {string} products The file of the products.
 * @property {number} count How many there are.
 * @property {Record<string, object>} fields The search fields, as an index definition has them.
 * @property {string[]} ignored Fields that are no text, number, truth value or list of texts.
 * @property {{ id: string, text: string }[]} queries
 * @property {Map<string, Map<string, number>>} qrels Query id → product id → grade; only queries of
 *   `queries` that have a relevant product.
 */

/** @throws {ToolError} The file is missing. */
function requireFile(folder, name) {
  const file = join(folder, name)
  if (!existsSync(file)) throw new ToolError(`${folder} has no ${name}: see docs/evaluation.md.`)
  return file
}

/** The products may lie one folder up, where two sets of searches share them. */
function findProducts(folder) {
  const shared = join(dirname(folder), "products.jsonl")
  return !existsSync(join(folder, "products.jsonl")) && existsSync(shared)
    ? shared
    : requireFile(folder, "products.jsonl")
}

/** Rows of a file of tab-separated values; lines without anything are left out. */
function readRows(file, columns) {
  return readFileSync(file, "utf8")
    .replace(BYTE_ORDER_MARK, "")
    .split(/\r?\n/)
    .flatMap((line, i) => {
      if (!line.trim()) return []
      const cells = line.split("\t")
      if (!columns.every((_, column) => cells[column]?.trim())) {
        throw new ToolError(
          `${file}, line ${i + 1}, must hold ${columns.join(", ")}, separated by tabs.`
        )
      }
      return [{ line: i + 1, cells: cells.map((cell) => cell.trim()) }]
    })
}

/** What kind of value a field holds; undefined for one that can't be searched or filtered by. */
function kindOf(value) {
  if (Array.isArray(value)) {
    return value.every((entry) => typeof entry === "string") ? "texts" : undefined
  }
  return { string: "text", number: "number", boolean: "boolean" }[typeof value]
}

/**
 * One product of a line of the file.
 *
 * @throws {ToolError} The line is broken.
 */
function readProduct(line, file, number) {
  const fail = (what) => {
    throw new ToolError(`${file}, line ${number}, ${what}.`)
  }
  let product
  try {
    product = JSON.parse(line.replace(BYTE_ORDER_MARK, ""))
  } catch {
    fail("is not JSON")
  }
  if (typeof product !== "object" || product === null || Array.isArray(product)) {
    fail("is no product: it must be a JSON object")
  }
  const { id, [EMBEDDED_TEXT]: text } = product
  if (text !== undefined && typeof text !== "string")
    fail(`has an "${EMBEDDED_TEXT}" that is no text`)
  if (typeof id === "number") product.id = String(id)
  else if (typeof id !== "string" || !id) fail('has no "id"')
  return product
}

/** @returns {AsyncGenerator<Record<string, unknown>>} */
async function* readProducts(file) {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
    number++
    if (line.trim()) yield readProduct(line, file, number)
  }
}

/** A field's definition for the kinds of value that were seen in it. */
function fieldDefinition(name, kinds) {
  const only = kinds.size === 1 ? [...kinds][0] : undefined
  if (only === "number") return { type: "float", filterable: true }
  if (only === "boolean") return { type: "boolean", filterable: true }
  // Numbers among texts are texts; a text among lists is a list of one.
  const array = kinds.has("texts") ? { array: true } : {}
  return { type: "text", ...array, searchable: { weight: WEIGHTS[name] ?? 1 } }
}

/** What the file's fields are and which products there are. */
async function surveyProducts(file) {
  const ids = new Set()
  const kinds = new Map()
  for await (const product of readProducts(file)) {
    if (ids.has(product.id)) throw new ToolError(`${file} has the product ${product.id} twice.`)
    ids.add(product.id)
    for (const [name, value] of Object.entries(product)) {
      if (name === "id" || name === EMBEDDED_TEXT || value === null) continue
      if (!kinds.has(name)) kinds.set(name, new Set())
      const isUsable = FIELD_NAME.test(name) && name !== RESERVED
      kinds.get(name).add(isUsable ? kindOf(value) : undefined)
    }
  }
  if (!ids.size) throw new ToolError(`${file} holds no product.`)
  const usable = [...kinds].filter(([, seen]) => !seen.has(undefined))
  return {
    ids,
    fields: Object.fromEntries(usable.map(([name, seen]) => [name, fieldDefinition(name, seen)])),
    ignored: [...kinds.keys()].filter((name) => kinds.get(name).has(undefined)),
  }
}

function readQueries(file) {
  const queries = new Map()
  for (const { line, cells } of readRows(file, ["a query's id", "its text"])) {
    const [id, ...text] = cells
    if (queries.has(id)) throw new ToolError(`${file}, line ${line}, has the query ${id} again.`)
    queries.set(id, { id, text: text.join(" ") })
  }
  return queries
}

function readQrels(file, queries, ids) {
  const qrels = new Map()
  const names = ["a query's id", "a product's id", "a grade"]
  for (const { line, cells } of readRows(file, names)) {
    const [query, product, grade] = cells
    if (cells.length > names.length || !GRADE.test(grade)) {
      throw new ToolError(`${file}, line ${line}, must end in a grade such as 0 or 3.`)
    }
    if (!queries.has(query)) continue
    if (!qrels.has(query)) qrels.set(query, new Map())
    qrels.get(query).set(product, Number(grade))
  }
  const judged = [...qrels.values()].flatMap((grades) => [...grades.keys()])
  if (!judged.some((id) => ids.has(id))) {
    throw new ToolError(
      `${file} judges no product of the collection for any of its queries: the ids must be those of products.jsonl and queries.tsv.`
    )
  }
  return new Map([...qrels].filter(([, grades]) => isAnswerable(grades)))
}

/**
 * Reads and checks a judged collection; docs/evaluation.md describes its files.
 *
 * @param {string} path The folder.
 * @returns {Promise<Collection>}
 * @throws {ToolError} A file is missing, a line is broken, or nothing is judged.
 */
export async function readCollection(path) {
  const folder = resolve(path)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new ToolError(`${path} is no folder: give one with a judged collection.`)
  }
  const products = findProducts(folder)
  const files = ["queries.tsv", "qrels.tsv"].map((name) => requireFile(folder, name))
  const queries = readQueries(files[0])
  const { ids, fields, ignored } = await surveyProducts(products)
  const qrels = readQrels(files[1], queries, ids)
  if (!qrels.size) throw new ToolError(`${files[1]} finds no product relevant for any query.`)
  const isShared = dirname(products) !== folder
  return {
    name: isShared ? `${basename(dirname(folder))}/${basename(folder)}` : basename(folder),
    products,
    count: ids.size,
    ...{ fields, ignored },
    queries: [...queries.values()],
    qrels,
  }
}

/** Brings a value to its field's form. */
function toFieldValue(value, { type, array }) {
  if (value === null || value === undefined) return null
  if (array) return [value].flat().map(String)
  return type === "text" ? String(value) : value
}

/** What is embedded of a product that doesn't say so: its title and its description, unless they are the same. */
function embeddedText({ title, description, [EMBEDDED_TEXT]: text }) {
  if (text !== undefined) return text
  const [heading, body] = [title, description].map((text) =>
    typeof text === "string" ? text.trim() : ""
  )
  return body && body !== heading ? `${heading}. ${body}` : heading
}

/**
 * The products as the documents that are indexed.
 *
 * @param {Collection} collection
 * @returns {AsyncGenerator<Record<string, unknown>>}
 */
export async function* toDocuments({ products, fields }) {
  for await (const product of readProducts(products)) {
    const values = Object.entries(fields).map(([name, field]) => [
      name,
      toFieldValue(product[name], field),
    ])
    yield {
      id: product.id,
      ...Object.fromEntries(values.filter(([, value]) => value !== null)),
      embedding: embeddedText(product),
    }
  }
}
