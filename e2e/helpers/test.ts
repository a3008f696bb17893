import { test as base } from "@playwright/test"
import { Admin } from "./admin"
import { Catalogue } from "./catalogue"
import { Database } from "./database"
import { StoreSearch } from "./search"
import { readShop, type Shop } from "./shop"

export { expect } from "@playwright/test"

/** Playwright's test, with the shop, its admin, search and database, and a catalogue that cleans up. */
export const test = base.extend<
  { catalogue: Catalogue },
  { shop: Shop; admin: Admin; search: StoreSearch; database: Database }
>({
  shop: [async ({}, use) => use(readShop()), { scope: "worker" }],
  admin: [async ({ shop }, use) => use(await Admin.logIn(shop)), { scope: "worker" }],
  search: [async ({ shop }, use) => use(new StoreSearch(shop)), { scope: "worker" }],
  database: [
    async ({ shop }, use) => {
      const database = await Database.connect(shop)
      await use(database)
      await database.close()
    },
    { scope: "worker" },
  ],
  catalogue: async ({ shop, admin, search }, use) => {
    const catalogue = new Catalogue(shop, admin, search)
    await use(catalogue)
    await catalogue.clear()
  },
})
