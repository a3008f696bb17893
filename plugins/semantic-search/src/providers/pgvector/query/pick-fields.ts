type Source = Record<string, unknown>

/**
 * Narrows a document to dotted paths, keeping the shape of the objects and arrays between. Medusa's own
 * `projectDocument` keeps of two paths below one object only the last, from the third level on:
 * `translations.de_de.title` beside `translations.de_de.subtitle`.
 *
 * @param paths of the index's fields; what the document hasn't is left out
 */
export function pickFields(document: Source, paths: readonly string[]): Source {
  const below = new Map<string, string[]>()
  for (const path of new Set(paths)) {
    const [head, ...rest] = path.split(".")
    below.set(head, [...(below.get(head) ?? []), rest.join(".")])
  }
  const picked: Source = {}
  for (const [head, rests] of below) {
    const value = document[head]
    const part = rests.includes("") ? value : pickBelow(value, rests)
    if (part !== undefined) {
      picked[head] = part
    }
  }
  return picked
}

function pickBelow(value: unknown, paths: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => pickBelow(entry, paths) ?? {})
  }
  return typeof value === "object" && value !== null
    ? pickFields(value as Source, paths)
    : undefined
}
