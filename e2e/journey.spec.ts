import type { Page } from "@playwright/test"
import { fillAddress } from "./helpers/address"
import type { Admin } from "./helpers/admin"
import { uniqueWord } from "./helpers/catalogue"
import { collectErrors } from "./helpers/page-errors"
import { expect, test } from "./helpers/test"

const WISH = "a captain obsessed with a white whale"
const BOOK = "Moby-Dick"
const SHELF = "Classics"
const FORMAT = "Hardcover"

interface Order {
  id: string
  email: string
  total: number
  items: { product_title: string; variant_title: string; quantity: number }[]
  shipping_methods: { name: string }[]
  payment_collections: { payments: { provider_id: string; amount: number }[] }[]
}

const ORDER_FIELDS =
  "id,email,total,items.*,shipping_methods.name,payment_collections.payments.provider_id,payment_collections.payments.amount"

async function ordersOf(admin: Admin, email: string): Promise<Order[]> {
  const { orders } = await admin.get<{ orders: Order[] }>(
    `/orders?q=${encodeURIComponent(email)}&fields=${ORDER_FIELDS}`
  )
  return orders.filter((order) => order.email === email)
}

/** What the search page shows, by what a reader sees of it. */
function searchPage(page: Page) {
  const results = page.getByRole("region", { name: "Results" })
  return {
    titles: results.getByRole("heading", { level: 2 }),
    count: results.getByText(/^\d+ books? for /).first(),
    /** Said aloud once the results stand still, so by then the page answers to clicks. */
    said: results.getByRole("status"),
    shelf: page.getByRole("group", { name: "Shelf" }).getByRole("checkbox", { name: SHELF }),
    shelfLabel: page.getByRole("group", { name: "Shelf" }).getByText(SHELF).locator(".."),
  }
}

const numberIn = (text: string | null) => Number(/\d+/.exec(text ?? "")?.[0])

test("from a wish to an order: search, filter, back, book, basket, checkout", async ({
  page,
  admin,
}) => {
  const errors = collectErrors(page)
  const email = `reader-${uniqueWord()}@example.com`
  const { titles, count, said, shelf, shelfLabel } = searchPage(page)

  await test.step("the front page takes a wish", async () => {
    await page.goto("/")
    const search = page.getByRole("main").getByRole("search")
    await search.getByRole("searchbox").fill(WISH)
    await search.getByRole("searchbox").press("Enter")
    await expect(page).toHaveURL(/\/search\?q=a\+captain/)
    await expect(titles.first()).toHaveText(BOOK)
    await expect(said).toContainText(WISH)
  })

  await test.step("a filter shows as many books as it promises", async () => {
    const before = numberIn(await count.textContent())
    const promised = numberIn(await shelfLabel.textContent())
    expect(promised).toBeGreaterThan(0)
    expect(promised, "the filter narrows the results").toBeLessThan(before)

    await shelf.check()
    await expect(page).toHaveURL(/shelf=classics/)
    await expect(count).toHaveText(new RegExp(`^${promised} books? for`))
    await expect(titles).toHaveCount(promised)

    await page.goBack()
    await expect(shelf).not.toBeChecked()
    await expect(count).toHaveText(new RegExp(`^${before} books? for`))
    await expect(titles.first()).toHaveText(BOOK)

    await page.goForward()
    await expect(shelf).toBeChecked()
    await expect(count).toHaveText(new RegExp(`^${promised} books? for`))
  })

  await test.step("the book is there, in a format of choice", async () => {
    await titles.first().click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(BOOK)
    await page.getByRole("radio", { name: FORMAT }).check()
    await page.getByRole("button", { name: "Add to basket" }).click()
    await expect(page.getByText("It’s in your basket.")).toBeVisible()
    await expect(page.getByRole("link", { name: "Basket, 1 item" })).toBeVisible()
    await expect
      .soft(page.getByRole("radio", { name: FORMAT }), "the format stays chosen for a second copy")
      .toBeChecked()
  })

  await test.step("the results are still there on the way back", async () => {
    await page.goBack()
    await expect(shelf).toBeChecked()
    await expect(titles.first()).toHaveText(BOOK)
    await page.goForward()
  })

  await test.step("the basket holds it", async () => {
    await page.getByRole("link", { name: /^Basket/ }).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your basket")
    const line = page.getByRole("main").getByRole("listitem").filter({ hasText: BOOK })
    await expect(line).toHaveCount(1)
    await expect(line).toContainText(FORMAT)
    await page.getByRole("link", { name: "To the checkout" }).click()
  })

  const total = await test.step("a guest goes through the checkout", async () => {
    await fillAddress(page, email)
    await page.getByRole("button", { name: "Go on" }).click()
    await page.getByRole("radio", { name: "Express" }).check()
    await page.getByRole("button", { name: "Go on" }).click()
    await expect(page.getByText("Buchgasse 12")).toBeVisible()
    const order = page.getByRole("button", { name: /^Place the order for / })
    const label = (await order.textContent()) ?? ""
    await order.click()
    return Number(/€([\d.]+)/.exec(label)?.[1])
  })

  await test.step("the order stands", async () => {
    await expect(page).toHaveURL(/\/orders\/order_/)
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Thank you")
    await expect(page.getByText(email)).toBeVisible()
    await expect(page.getByRole("main")).toContainText(`€${total.toFixed(2)}`)
    await expect(page.getByRole("link", { name: "Basket, 0 items" })).toBeVisible()
  })

  const orders = await ordersOf(admin, email)
  expect(orders, "the merchant has one order").toHaveLength(1)
  const [order] = orders
  expect(order.total).toBeCloseTo(total, 2)
  expect(order.items).toMatchObject([{ product_title: BOOK, variant_title: FORMAT, quantity: 1 }])
  expect(order.shipping_methods).toMatchObject([{ name: "Express" }])
  expect(order.payment_collections.flatMap(({ payments }) => payments)).toMatchObject([
    { provider_id: "pp_system_default" },
  ])
  // The book goes back into stock, so that the shop doesn't sell out by being tested.
  await admin.post(`/orders/${order.id}/cancel`, {})

  expect(errors).toEqual([])
})

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false })

  test("the server draws the results of a search, and the book", async ({ page }) => {
    await page.goto(`/search?q=${encodeURIComponent(WISH)}`)
    const { titles } = searchPage(page)
    await expect(titles.first()).toHaveText(BOOK)
    await titles.first().click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(BOOK)
    await expect(page.getByRole("radio", { name: FORMAT })).toBeEnabled()
  })
})

test("a misspelt author, typed into the search line, is found as one types", async ({ page }) => {
  await page.goto("/search")
  const { titles, said } = searchPage(page)
  await expect(said).toHaveText(/\d+ books/)
  await page.getByLabel("Search for a book, an author or an idea").fill("tolkein")
  await expect(page).toHaveURL(/q=tolkein/)
  await expect(said).toContainText("tolkein")
  await expect(
    page.getByRole("region", { name: "Results" }).getByRole("listitem").first()
  ).toContainText("Tolkien")
  await expect(titles.first()).toBeVisible()
})

test("an address that can't be is said at its field, and nothing is lost", async ({ page }) => {
  await page.goto("/books/moby-dick")
  await page.getByRole("button", { name: "Add to basket" }).click()
  await page.getByRole("link", { name: "Go to the basket" }).click()
  await page.getByRole("link", { name: "To the checkout" }).click()
  await fillAddress(page, "reader@nowhere")
  await page.getByRole("button", { name: "Go on" }).click()
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/name@example\.com/)
  await expect(page.getByLabel("E-mail")).toHaveValue("reader@nowhere")
  await expect(page.getByLabel("Town")).toHaveValue("Leipzig")
})

test("a book that there isn't gets a page that says so", async ({ page }) => {
  const response = await page.goto(`/books/${uniqueWord()}`)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
})
