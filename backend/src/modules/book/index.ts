import { Module } from "@medusajs/framework/utils"
import BookModuleService from "./service"

/** The name under which the module is resolved from Medusa's container. */
export const BOOK_MODULE = "book"

export default Module(BOOK_MODULE, { service: BookModuleService })
