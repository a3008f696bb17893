import type { ProductEvents } from "./product-events"

const indexes = new Map<string, ProductEvents>()

/** Remembers which events an index of products follows, for what doesn't get them from Medusa. */
export function registerProductIndex(name: string, events: ProductEvents): void {
  indexes.set(name, events)
}

/** The indexes that `defineSemanticProductIndex` defined in this process, by name. */
export function registeredProductIndexes(): ReadonlyMap<string, ProductEvents> {
  return indexes
}
