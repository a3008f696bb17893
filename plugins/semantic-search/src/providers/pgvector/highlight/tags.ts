import { invalid } from "../errors"

/** What stands before and after a matched word. */
export interface HighlightTags {
  pre: string
  post: string
}

export const DEFAULT_TAGS: HighlightTags = { pre: "<mark>", post: "</mark>" }

/** Elements that do nothing but mark text. Any other may run, load or hide what stands in it. */
const ELEMENTS = new Set([
  "b",
  "bdi",
  "cite",
  "code",
  "del",
  "dfn",
  "em",
  "i",
  "ins",
  "kbd",
  "mark",
  "q",
  "s",
  "samp",
  "small",
  "span",
  "strong",
  "sub",
  "sup",
  "u",
  "var",
])

const OPENING = /^<([a-z]+)( class="[\w -]{1,100}")?>$/i

/** What InstantSearch sends ("__ais-highlight__"), "[[" and the like: nothing that HTML has a meaning for. */
const MARKER = /^[\p{L}\p{N}_*#=:|/~{}[\]().-]{1,40}$/u

const EXPECTED = `a plain element such as "<em>" or "<mark class=\\"hit\\">", or a marker without markup such as "[["`

/**
 * Reads the tags of a request. They come from clients that nobody knows and end up in a page unescaped,
 * so nothing but an element that marks text, with a class at most, or a text that is no markup is taken.
 *
 * @throws MedusaError `invalid_data` naming the tag that isn't one
 */
export function readTags(pre: unknown, post: unknown): HighlightTags {
  if (pre == null && post == null) {
    return DEFAULT_TAGS
  }
  const opening = pre ?? DEFAULT_TAGS.pre
  if (typeof opening !== "string") {
    return invalid(`search_options.highlight.pre_tag takes ${EXPECTED}`)
  }
  const element = OPENING.exec(opening)?.[1].toLowerCase()
  if (element ? !ELEMENTS.has(element) : !MARKER.test(opening)) {
    return invalid(`search_options.highlight.pre_tag takes ${EXPECTED}`)
  }
  if (element) {
    const closing = `</${element}>`
    if (post != null && (typeof post !== "string" || post.toLowerCase() !== closing)) {
      return invalid(
        `search_options.highlight.post_tag takes "${closing}", the end of its pre_tag; leave it out to get that`
      )
    }
    return { pre: opening, post: closing }
  }
  if (typeof post !== "string" || !MARKER.test(post)) {
    return invalid(
      "search_options.highlight.post_tag takes a marker without markup, as pre_tag is one"
    )
  }
  return { pre: opening, post }
}
