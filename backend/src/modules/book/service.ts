import { MedusaService } from "@medusajs/framework/utils"
import Author from "./models/author"
import Book from "./models/book"
import Series from "./models/series"

/** Books, their authors and their series. */
export default class BookModuleService extends MedusaService({ Author, Book, Series }) {}
