import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import { PgvectorSearchService } from "./service"

export default ModuleProvider(Modules.SEARCH, { services: [PgvectorSearchService] })
