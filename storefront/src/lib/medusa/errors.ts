/** What Medusa's client throws when the backend answered with an error. */
interface RefusedRequest extends Error {
  status: number
}

function hasStatus(error: unknown): error is RefusedRequest {
  return error instanceof Error && typeof (error as Partial<RefusedRequest>).status === "number"
}

/** Whether the backend said that the thing asked for isn't there. */
export function isNotFound(error: unknown): boolean {
  return hasStatus(error) && error.status === 404
}

/** Whether the request itself was refused, so that asking again in the same way is of no use. */
export function isRefused(error: unknown): error is RefusedRequest {
  return hasStatus(error) && error.status < 500
}
