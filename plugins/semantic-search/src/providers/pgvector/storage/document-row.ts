import type { SearchTypes } from "@medusajs/framework/types"
import {
  readDocumentPath,
  searchValueToBoolean,
  searchValueToNumber,
} from "@medusajs/framework/utils"
import { contentHash, vectorFault } from "../../../embedding"
import { invalid } from "../errors"
import type { IndexPlan, PlannedField, PlannedVector } from "../plan"
import { codeKey } from "../text/codes"
import { countWords, vocabulary } from "../text/words"
import { columnFields } from "./document-table"
import { readingTime } from "./reading-time"
import { type TextGroup, textGroups } from "./text-groups"
import { vectorLiteral } from "./vector-type"

/** A text that needs an embedding. */
export interface EmbeddableText {
  model: string
  content_hash: string
  content: string
}

/** A document, ready for its table: one JSON object that `jsonb_to_recordset` reads. */
export interface DocumentRow {
  values: { id: string; [column: string]: unknown }
  /** What is to be embedded. */
  texts: EmbeddableText[]
  /** The number of words of each text group. */
  lengths: Record<string, number>
  /** The words, by language, that misspelt ones are corrected to. */
  words: { language: string; words: string[] }[]
}

/** More of a text than this isn't searched by words: Postgres refuses to index a megabyte of them. */
const MAX_TEXT_LENGTH = 200_000

/**
 * Projects a document onto the columns of its table.
 *
 * @throws MedusaError when the primary key is missing or a vector doesn't fit
 */
export function toDocumentRow(document: SearchTypes.SearchDocument, plan: IndexPlan): DocumentRow {
  const values: DocumentRow["values"] = { ...toStoredDocument(document, plan) }
  const clean = values.document as SearchTypes.SearchDocument
  for (const field of columnFields(plan)) {
    values[field.column] = columnValue(clean, field)
  }
  const lengths: DocumentRow["lengths"] = {}
  const words: DocumentRow["words"] = []
  for (const group of textGroups(plan)) {
    const text = searchedText(clean, group.fields)
    if (text) {
      values[group.column] = text
      lengths[group.column] = countWords(text)
      words.push({ language: group.language, words: correctableWords(clean, group) })
    }
  }
  if (plan.fields.some((field) => field.code)) {
    values.codes = codesOf(clean, plan)
  }
  const texts = plan.vectors.flatMap((vector) => projectVector(clean, vector, values))
  return { values, texts, lengths, words }
}

/**
 * The document itself, as its row holds it, without what is made of it for searching.
 *
 * @throws MedusaError when the primary key is missing
 */
export function toStoredDocument(document: SearchTypes.SearchDocument, plan: IndexPlan) {
  const id = document[plan.primary_key]
  if (id === undefined || id === null || id === "") {
    invalid(`A document lacks its primary key "${plan.primary_key}"`)
  }
  return {
    id: storableText(String(id)),
    document: storable(document),
    read_at: readingTime(document).toISOString(),
  }
}

function searchedText(document: object, fields: PlannedField[]): string {
  return fields
    .flatMap((field) => readDocumentPath(document, field.path.split(".")).map(String))
    .join("\n")
    .slice(0, MAX_TEXT_LENGTH)
}

function correctableWords(document: object, { fields }: TextGroup): string[] {
  return vocabulary([
    searchedText(
      document,
      fields.filter((field) => !field.exact_only)
    ),
  ])
}

/** The codes of a document between bars, "|bc1010|9780140449136|": begun, ended and cut by `LIKE`. */
function codesOf(document: object, plan: IndexPlan): string | null {
  const codes = plan.fields
    .filter((field) => field.code)
    .flatMap((field) => readDocumentPath(document, field.path.split(".")).map(String))
    .map(codeKey)
    .filter(Boolean)
  return codes.length ? `|${[...new Set(codes)].join("|")}|` : null
}

/** Postgres refuses some characters; a stray one in a description must not stop the whole batch. */
function storable<T extends object>(document: T): T {
  return JSON.parse(
    JSON.stringify(document, (_key, value) =>
      typeof value === "string" ? storableText(value) : value
    )
  )
}

/** Without NUL, and with the usual sign for half a character (an emoji that was cut in the middle). */
function storableText(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd")
}

function columnValue(document: object, field: PlannedField): unknown {
  const values = readDocumentPath(document, field.path.split("."))
    .map((value) => coerce(value, field))
    .filter((value) => value !== undefined)
  if (!field.array) {
    return values[0] ?? null
  }
  // A value that occurs twice in a document is still one document that holds it.
  return values.length ? [...new Set(values)] : null
}

function coerce(value: unknown, field: PlannedField): string | number | boolean | undefined {
  switch (field.kind) {
    case "number":
      return searchValueToNumber(value, field.date)
    case "boolean":
      return searchValueToBoolean(value)
    case "text":
      return String(value)
  }
}

/** Writes the vector's columns into `values` and returns the text that it is to be made from, if any. */
function projectVector(
  document: object,
  vector: PlannedVector,
  values: DocumentRow["values"]
): EmbeddableText[] {
  const value = vector.path
    .split(".")
    .reduce<unknown>((parent, key) => (parent as Record<string, unknown> | null)?.[key], document)
  if (vector.embedded) {
    const content = embeddableText(value, vector.path)
    const hash = content && contentHash(content)
    values[vector.embedded.hash_column] = hash ?? null
    return content && hash ? [{ model: vector.embedded.model, content_hash: hash, content }] : []
  }
  values[vector.column] = suppliedVector(value, vector)
  return []
}

function embeddableText(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) {
    return undefined
  }
  if (typeof value !== "string") {
    invalid(`Vector field "${path}" is embedded by the provider, so its value must be a text`)
  }
  return value.trim() || undefined
}

function suppliedVector(value: unknown, vector: PlannedVector): string | null {
  if (value === undefined || value === null) {
    return null
  }
  const fault = vectorFault(value, vector.dimensions)
  if (fault) {
    invalid(`The value of vector field "${vector.path}" ${fault}`)
  }
  return vectorLiteral(value as number[], vector)
}
