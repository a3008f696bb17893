import { setTimeout as pause } from "node:timers/promises"

/** What the shop promises: a change is found within this time, in milliseconds. */
export const FRESH_WITHIN_MS = 5_000

/** How often is looked, in milliseconds: ten times a second costs little and hides nothing. */
const INTERVAL_MS = 100

/**
 * Looks again and again until what is seen is right.
 *
 * @param what what must become true, as the error's text says it: "the new price is found"
 * @param look reads the present state
 * @param isRight whether that is the state awaited
 * @returns what was seen last, which is right
 * @throws Error with what was seen last, when the deadline passes
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
  { withinMs = FRESH_WITHIN_MS }: { withinMs?: number } = {}
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (isRight(seen)) {
      return seen
    }
    if (performance.now() >= deadline) {
      throw new Error(`Not within ${withinMs} ms: ${what}. Last seen: ${JSON.stringify(seen)}`)
    }
    await pause(INTERVAL_MS)
  }
}
