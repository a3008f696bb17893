import { isRefused } from "../medusa/errors"

/** What to tell a shopper of a failed change to the basket. */
export function cartProblem(error: unknown): string {
  if (!isRefused(error)) {
    return "The shop's till doesn't answer just now. Nothing was changed; please try again."
  }
  return /inventory|stock/i.test(error.message)
    ? "There aren't that many copies left."
    : `That didn't work: ${error.message}`
}
