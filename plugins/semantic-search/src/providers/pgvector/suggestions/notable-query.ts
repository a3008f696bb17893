/** Longer ones are questions or pasted texts, which nobody else would type. */
const MAX_LENGTH = 60
const MAX_WORDS = 8

const MIN_LETTERS = 3

/** A telephone number, an order's number, an ISBN: they may be somebody's, and complete nothing. */
const MAX_DIGITS = 5

/** An address of mail or web, or a name as social networks write it. */
const ADDRESS = /[@\\/]|www\.|\.[a-z]{2,}(\s|$)/i

/**
 * Whether a text may be kept and shown to other shoppers once enough have searched for it: no code, no
 * number, no address, nothing that is long enough to tell a story.
 */
export function isNotable(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const digits = text.match(/\p{N}/gu)?.length ?? 0
  return (
    text.length <= MAX_LENGTH &&
    text.split(/\s+/).length <= MAX_WORDS &&
    letters >= MIN_LETTERS &&
    digits <= MAX_DIGITS &&
    !ADDRESS.test(text) &&
    !/[\p{C}]/u.test(text)
  )
}
