/** More ids than this aren't kept under one name; the comparison finds what they stand for. */
const LIMIT = 100_000

/**
 * Ids of what couldn't be read or written when its turn came, by a name that says what they are of. They
 * are kept in memory until somebody tries again; a process that ends takes them along, and the comparison
 * after the next start finds what they stood for.
 */
export class MissedIds {
  private readonly ids_ = new Map<string, Set<string>>()

  add(name: string, ids: string[]): void {
    const known = this.ids_.get(name) ?? new Set()
    ids.slice(0, LIMIT - known.size).forEach((id) => known.add(id))
    this.ids_.set(name, known)
  }

  /** Hands all of them over, each once under its name. */
  take(): Map<string, string[]> {
    const taken = new Map([...this.ids_].map(([name, ids]) => [name, [...ids]]))
    this.ids_.clear()
    return taken
  }
}
