import { model } from "@medusajs/framework/utils"
import Book from "./book"

/** Books that belong together in an order, such as a trilogy. */
const Series = model.define("series", {
  id: model.id({ prefix: "series" }).primaryKey(),
  name: model.text().unique(),
  books: model.hasMany(() => Book, { mappedBy: "series" }),
})

export default Series
