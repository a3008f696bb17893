import type { Page } from "@playwright/test"
import { collectErrors } from "./helpers/page-errors"
import { expect, test } from "./helpers/test"

const QUESTION = "What was the one with a captain obsessed with a white whale?"

/** Books come from the search alone; a shopper doesn't wait for a model to see them. */
const CARDS_WITHIN_MS = 5_000
/** A small model on two cores thinks for a while before it has said everything. */
const ANSWER_WITHIN_MS = 180_000

async function openAssistant(page: Page) {
  await page.goto("/")
  const dialog = page.getByRole("dialog", { name: "Ask the bookseller" })
  // The button answers once the page's script runs.
  await expect(async () => {
    await page.getByRole("banner").getByRole("button", { name: "Ask the bookseller" }).click()
    await expect(dialog).toBeVisible({ timeout: 1_000 })
  }).toPass()
  return {
    dialog,
    question: dialog.getByLabel("Your question"),
    cards: dialog.getByRole("list", { name: "Books found" }).getByRole("listitem"),
    said: dialog.getByRole("status"),
  }
}

test("a question: the books are there at once, then the answer", async ({ page, shop }) => {
  test.setTimeout(ANSWER_WITHIN_MS + 60_000)
  const errors = collectErrors(page)
  const { dialog, question, cards, said } = await openAssistant(page)

  await question.fill(QUESTION)
  await question.press("Enter")
  await expect(dialog.getByText(QUESTION)).toBeVisible()
  await expect(cards.filter({ hasText: "Moby-Dick" })).toBeVisible({ timeout: CARDS_WITHIN_MS })
  if (shop.ollama_model) {
    await expect(
      dialog.getByRole("button", { name: "Stop" }),
      "the model is still at it"
    ).toBeVisible()
  } else {
    await expect(
      dialog.getByText("These products fit best.").first(),
      "it says that nobody writes an answer"
    ).toBeVisible()
  }

  await expect(said).toHaveText("The answer is complete.", { timeout: ANSWER_WITHIN_MS })
  for (const citation of await dialog.getByRole("link", { name: /^Book \d+$/ }).all()) {
    const target = await citation.getAttribute("href")
    await expect(
      dialog.locator(`[id="${target?.slice(1)}"]`),
      "it cites a book that is shown"
    ).toBeVisible()
  }
  expect(errors).toEqual([])
})

test("a book that was found leads to its page, and the conversation stays", async ({ page }) => {
  const { dialog, question, cards } = await openAssistant(page)
  await question.fill(QUESTION)
  await dialog.getByRole("button", { name: "Ask", exact: true }).click()
  await cards.filter({ hasText: "Moby-Dick" }).getByRole("link").click({ timeout: CARDS_WITHIN_MS })
  await expect(page).toHaveURL(/\/books\/moby-dick$/)
  await expect(page.getByRole("heading", { level: 1, name: "Moby-Dick" })).toBeVisible()
  await expect(dialog.getByText(QUESTION)).toBeVisible()
})

test("the keyboard alone: Escape closes the panel and gives the focus back", async ({ page }) => {
  const { dialog, question } = await openAssistant(page)
  await expect(question).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(
    page.getByRole("banner").getByRole("button", { name: "Ask the bookseller" })
  ).toBeFocused()
})
