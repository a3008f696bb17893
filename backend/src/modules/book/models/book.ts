import { model } from "@medusajs/framework/utils"
import Author from "./author"
import Series from "./series"

/** What is true of a book as a work and an edition, whoever sells it at whatever price. */
const Book = model.define("book", {
  id: model.id({ prefix: "book" }).primaryKey(),
  /** The year in which the work was first published; negative before our era. */
  year: model.number(),
  pages: model.number(),
  /** The language of this edition: ISO 639-1. */
  language: model.text(),
  /** The language in which the work was written: ISO 639-1, or 639-3 for an ancient one. */
  original_language: model.text(),
  subjects: model.array(),
  /** From which age on it is read, in years. */
  reading_age_from: model.number(),
  /** Up to which age it is read; null: for good. */
  reading_age_to: model.number().nullable(),
  /** The book's place in its series; 2.5 stands between the second and the third. */
  series_position: model.float().nullable(),
  authors: model.manyToMany(() => Author, {
    mappedBy: "books",
    pivotTable: "book_author",
  }),
  series: model.belongsTo(() => Series, { mappedBy: "books" }).nullable(),
})

export default Book
