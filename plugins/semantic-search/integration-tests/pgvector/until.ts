/** How often a condition is looked at, and how long it may take to come true, in milliseconds. */
const INTERVAL = 10
const LIMIT = 10_000

/**
 * Waits until a condition holds.
 *
 * @throws Error that names the condition when it doesn't come true
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>
): Promise<void> {
  const deadline = Date.now() + LIMIT
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`It never came true that ${what}`)
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL))
  }
}
