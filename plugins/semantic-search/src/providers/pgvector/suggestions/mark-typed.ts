import { render } from "../highlight/render"
import { DEFAULT_TAGS } from "../highlight/tags"
import { chunksOf } from "../highlight/text-chunks"
import { fold } from "../text/words"
import type { TypedWord } from "./correct-phrase"

/** A suggestion's text as safe HTML, with the words marked that were typed, or that they stand for. */
export function markTyped(text: string, typed: TypedWord[]): string {
  const words = chunksOf(text).flatMap((chunk) => chunk.words)
  const marks = words.filter((word) => {
    const folded = fold(word.text).replace(/['’](?=s$)/, "")
    const parts = folded.split(/['’]/)
    return typed.some(({ variants, unfinished }) =>
      variants.some((variant) =>
        parts.some((part) => (unfinished ? part.startsWith(variant) : part === variant))
      )
    )
  })
  return render(text, marks, DEFAULT_TAGS)
}
