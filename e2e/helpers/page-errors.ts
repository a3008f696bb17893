import type { Page } from "@playwright/test"

/** Collects what goes wrong in a page without being seen: uncaught errors, and errors on the console. */
export function collectErrors(page: Page): string[] {
  const errors: string[] = []
  page.on("pageerror", (error) => errors.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error") {
      errors.push(`${message.text()} (${message.location().url})`)
    }
  })
  return errors
}
