import { z } from "@medusajs/framework/zod"

const MAX_LENGTH = 200
const MAX_LIMIT = 20
const DEFAULT_LIMIT = 8

/** The index that `defineSemanticProductIndex` defines under its default name. */
const DEFAULT_INDEX = "product"

const LIMIT = `"limit" takes a whole number from 1 to ${MAX_LIMIT}`

/** The query string of `GET /store/search/suggestions`. */
export const StoreSearchSuggestions = z
  .object({
    q: z
      .string()
      .refine((text) => text.length <= MAX_LENGTH, `"q" takes ${MAX_LENGTH} characters at most`)
      // They mean nothing in a search, and Postgres refuses NUL.
      .refine(
        (text) => !/[\p{Cc}\p{Surrogate}]/u.test(text),
        `"q" holds control characters; remove them`
      )
      .transform((text) => text.trim())
      .default(""),
    limit: z
      .string()
      .refine((text) => /^\d{1,3}$/.test(text), LIMIT)
      .transform(Number)
      .refine((limit) => limit >= 1 && limit <= MAX_LIMIT, LIMIT)
      .default(DEFAULT_LIMIT),
    index: z.string().default(DEFAULT_INDEX),
  })
  .strict()

export type StoreSearchSuggestionsQuery = z.infer<typeof StoreSearchSuggestions>
