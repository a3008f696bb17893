/** The beginning of a text, of at most so many characters, never ending in half of one. */
export function cut(text: string, max_characters: number): string {
  return text.length <= max_characters
    ? text
    : text.slice(0, max_characters).replace(/[\uD800-\uDBFF]$/, "")
}
