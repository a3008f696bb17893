import { Module } from "@medusajs/framework/utils"
import SemanticSearchModuleService from "./service"

/** The name under which the module is resolved from Medusa's container. */
export const SEMANTIC_SEARCH_MODULE = "semantic_search"

export default Module(SEMANTIC_SEARCH_MODULE, { service: SemanticSearchModuleService })
