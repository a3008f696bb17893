import type { HighlightTags } from "./tags"
import type { Span } from "./text-chunks"

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

const ELLIPSIS = "…"

/** A text that HTML shows as it stands, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character])
}

/**
 * A part of a text as safe HTML: the text is escaped, the tags around its marks are not. An ellipsis
 * stands where the text goes on.
 *
 * @param marks in order, without overlap
 * @param part the whole text where it is left out
 */
export function render(
  text: string,
  marks: Span[],
  { pre, post }: HighlightTags,
  part: Span = { start: 0, end: text.length }
): string {
  const end = Math.min(part.end, text.length)
  let html = part.start > 0 ? ELLIPSIS : ""
  let from = part.start
  for (const mark of marks) {
    if (mark.start >= part.start && mark.end <= end) {
      html += escapeHtml(text.slice(from, mark.start))
      html += pre + escapeHtml(text.slice(mark.start, mark.end)) + post
      from = mark.end
    }
  }
  return html + escapeHtml(text.slice(from, end)) + (end < text.length ? ELLIPSIS : "")
}
