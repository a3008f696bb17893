import { z } from "@medusajs/framework/zod"

/** The shelves of the shop: a product category each. */
export const GENRES = {
  classics: "Classics",
  "modern-fiction": "Modern fiction",
  crime: "Crime & mystery",
  "science-fiction": "Science fiction",
  fantasy: "Fantasy",
  romance: "Romance",
  childrens: "Children's books",
  history: "History & lives",
  science: "Science",
  philosophy: "Philosophy",
  business: "Business",
  computing: "Computing",
  cookery: "Cookery",
  travel: "Travel",
  poetry: "Poetry",
  comics: "Comics",
} as const

export type Genre = keyof typeof GENRES

/** What a book feels like: a product tag each. */
export const MOODS = [
  "adventurous",
  "cosy",
  "dark",
  "epic",
  "funny",
  "heartwarming",
  "hopeful",
  "informative",
  "lyrical",
  "melancholy",
  "playful",
  "romantic",
  "satirical",
  "strange",
  "tense",
  "thoughtful",
] as const

/** The formats a book is sold in: a variant each. Only print is counted in stock. */
export const FORMATS = {
  paperback: { title: "Paperback", sku: "PB", print: true },
  hardcover: { title: "Hardcover", sku: "HC", print: true },
  ebook: { title: "E-book", sku: "EB", print: false },
  audiobook: { title: "Audiobook", sku: "AB", print: false },
} as const

export type Format = keyof typeof FORMATS

/** The newest year that a first publication may have: books are announced a year ahead. */
const latestYear = () => new Date().getFullYear() + 1

/** Whether the last of 13 digits is the check digit of the others (ISO 2108). */
export function isIsbn13(isbn: string): boolean {
  if (!/^97[89]\d{10}$/.test(isbn)) {
    return false
  }
  const sum = [...isbn].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0)
  return sum % 10 === 0
}

/** Postgres keeps no NUL character in a text. */
const text = z
  .string()
  .trim()
  .min(1, "is empty")
  .refine((value) => !value.includes("\0"), "holds a NUL character")

/** The longest name of an author, a series or a subject, in characters: far below what an index takes. */
const NAME_LENGTH = 200
const name = text.pipe(z.string().max(NAME_LENGTH, `is longer than ${NAME_LENGTH} characters`))

const distinct = (names: string[]) => new Set(names).size === names.length

const languageCode = z.string().regex(/^[a-z]{2,3}$/, 'takes a language code such as "en"')
const price = z.number().positive().max(10_000)

const formatRecord = z
  .object({
    format: z.enum(Object.keys(FORMATS) as [Format, ...Format[]]),
    eur: price,
    usd: price,
    stock: z.number().int().min(0).optional(),
    isbn: z
      .string()
      .refine(isIsbn13, "is no ISBN-13: thirteen digits, the last a check digit")
      .optional(),
  })
  .strict()

/** The facts of a book that its module keeps; the admin's form is checked against the same rules. */
export const bookFacts = z.object({
  authors: z.array(name).min(1, "names nobody").refine(distinct, "names somebody twice"),
  year: z
    .number()
    .int()
    .min(-3000)
    .refine((year) => year <= latestYear(), "lies too far in the future"),
  language: languageCode,
  original_language: languageCode,
  pages: z.number().int().min(1).max(10_000),
  series: z
    .object({ name, position: z.number().positive().max(10_000).nullable() })
    .strict()
    .nullish(),
  subjects: z.array(name).max(20).refine(distinct, "names a subject twice"),
  reading_age: z
    .object({ from: z.number().int().min(0).max(99), to: z.number().int().max(99).nullable() })
    .strict()
    .refine(({ from, to }) => to === null || to >= from, "ends before it begins"),
})

/** A book as a line of the catalogue, or as a merchant's own file has it. */
export const bookRecord = bookFacts
  .extend({
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "takes lower-case letters, digits and hyphens"),
    title: text,
    subtitle: text.optional(),
    genres: z.array(z.enum(Object.keys(GENRES) as [Genre, ...Genre[]])).min(1),
    moods: z.array(z.enum(MOODS)),
    formats: z
      .array(formatRecord)
      .min(1)
      .refine(
        (formats) => new Set(formats.map(({ format }) => format)).size === formats.length,
        "names a format twice"
      ),
    description: text,
  })
  .strict()

export type BookFacts = z.output<typeof bookFacts>
export type BookRecord = z.output<typeof bookRecord>

/** Why a row can't be used, in one sentence: the field and what is wrong with it. */
export function rejectionReason(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const field = issue.path.join(".")
      const unknown = issue.code === "unrecognized_keys" ? ` (${issue.keys.join(", ")})` : ""
      return `${field ? `"${field}": ` : ""}${issue.message}${unknown}`
    })
    .join("; ")
}
