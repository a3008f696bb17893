import { MedusaError } from "@medusajs/framework/utils"

/** The caller's input is wrong: HTTP 400. The message names the field and says what to do. */
export function invalid(message: string): never {
  throw new MedusaError(MedusaError.Types.INVALID_DATA, message)
}

/** The caller asks for what this provider can't do, or can't do yet: HTTP 400. */
export function unsupported(message: string): never {
  throw new MedusaError(MedusaError.Types.NOT_ALLOWED, message)
}

/**
 * There is no such physical index. NOT_FOUND makes the Search Module look up the active version again
 * and retry once, so a process that still reads a version dropped by another one recovers by itself.
 */
export function indexNotFound(name: string): never {
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `The pgvector search provider holds no index "${name}". Run "npx medusa db:migrate" to create it.`
  )
}

/** An older release of the plugin has built the index. NOT_FOUND, as above. */
export function indexOutdated(name: string): never {
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `The index "${name}" was built by another release of the pgvector search provider. The store fills it anew when it starts; until then it can't be searched.`
  )
}

/** The physical index is there, and another version of it serves by now. NOT_FOUND, as above. */
export function indexReplaced(name: string): never {
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Another version has taken the place of the index "${name}".`
  )
}

/** What Postgres says when a table isn't there. */
export const UNDEFINED_TABLE = "42P01"
