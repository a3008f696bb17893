import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import { JUDGED_PRODUCTS, judgedProducts } from "./judged-products"

/** Writes the judged collection's products anew; to be run after a change of the catalogue. */
void judgedProducts().then((text) => {
  mkdirSync(path.dirname(JUDGED_PRODUCTS), { recursive: true })
  writeFileSync(JUDGED_PRODUCTS, text)
})
