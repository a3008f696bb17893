import { z } from "@medusajs/framework/zod"
import { bookFacts, rejectionReason } from "../../../../../catalogue/book-record"

const strictFacts = bookFacts.strict()

/**
 * The body of `POST /admin/products/:id/book`. Medusa's own words for a rule of ours leave the field
 * out; these name it, as the importer does.
 */
export const productBookBody = z.unknown().transform((body, context) => {
  const parsed = strictFacts.safeParse(body)
  if (!parsed.success) {
    context.addIssue({ code: "custom", message: rejectionReason(parsed.error) })
    return z.NEVER
  }
  return parsed.data
})
