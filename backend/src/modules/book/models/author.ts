import { model } from "@medusajs/framework/utils"
import Book from "./book"

/** Somebody who wrote, drew or edited books, under the name that stands on them. */
const Author = model.define("author", {
  id: model.id({ prefix: "author" }).primaryKey(),
  name: model.text().unique(),
  books: model.manyToMany(() => Book, { mappedBy: "authors" }),
})

export default Author
