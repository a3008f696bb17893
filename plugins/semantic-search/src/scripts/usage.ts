/** What asks a script how it is used. */
const WORDS = ["usage", "help", "--help", "-h"]

/**
 * Whether a script is asked how it is used: by the word `usage`, or by a flag behind two dashes.
 *
 * `medusa exec` answers a last word `help` and every flag before the dashes itself, and hands a script
 * nothing of what follows them.
 */
export function asksForUsage(args: string[]): boolean {
  const dashes = process.argv.indexOf("--")
  const behind = dashes < 0 ? [] : process.argv.slice(dashes + 1)
  return [...args, ...behind].some((word) => WORDS.includes(word))
}
