import type { Page } from "@playwright/test"

/** Fills in the checkout's address as a guest in Germany. */
export async function fillAddress(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email)
  await page.getByLabel("First name").fill("Ada")
  await page.getByLabel("Last name").fill("Reader")
  await page.getByLabel("Street and number").fill("Buchgasse 12")
  await page.getByLabel("Postal code").fill("04103")
  await page.getByLabel("Town").fill("Leipzig")
  await page.getByLabel("Country").selectOption({ label: "Germany" })
}
