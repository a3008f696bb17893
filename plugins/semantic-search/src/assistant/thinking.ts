import type { ChatText } from "./chat-model"

const OPEN = "<think>"
const CLOSE = "</think>"
const TAGS = [OPEN, CLOSE]

export interface ThinkingSplitter {
  /** Takes the next piece of the model's text; answers what is decided by now. */
  push(text: string): ChatText[]
  /** The thoughts come on a way of their own, so what is held back is text. */
  release(): ChatText[]
  /** The model has ended; answers what was held back. */
  end(): ChatText[]
}

/**
 * Parts a reasoning model's thoughts, `<think>…</think>`, from its answer. A tag may be split over
 * pieces; however the text is cut, the result is the same.
 *
 * @param held whether the text may begin within a thought: some templates put `<think>` into the prompt,
 *   so that only `</think>` is ever seen. Then all is held back until the tag comes, or the end.
 */
export function createThinkingSplitter({ held = false } = {}): ThinkingSplitter {
  // What isn't decided: a beginning of a tag or, while `held`, all there is.
  let rest = ""
  let thinking = false
  // The blank lines between a thought and the answer belong to neither.
  let atStart = true

  const pieces: ChatText[] = []
  const emit = (text: string) => {
    const shown = atStart ? text.trimStart() : text
    if (!shown) {
      return
    }
    atStart = false
    const type = thinking ? "thinking" : "text"
    const last = pieces[pieces.length - 1]
    if (last?.type === type) {
      last.text += shown
    } else {
      pieces.push({ type, text: shown })
    }
  }
  const pass = (tag: string, before: string) => {
    if (held && tag === CLOSE) {
      thinking = true
    }
    held = false
    emit(before)
    thinking = tag === OPEN
    atStart = true
  }
  const take = () => pieces.splice(0)

  const scan = () => {
    for (let tag = firstTag(rest); tag; tag = firstTag(rest)) {
      pass(tag.name, rest.slice(0, tag.at))
      rest = rest.slice(tag.at + tag.name.length)
    }
    if (!held) {
      const decided = rest.length - unfinishedTag(rest)
      emit(rest.slice(0, decided))
      rest = rest.slice(decided)
    }
  }

  return {
    push(text) {
      rest += text
      scan()
      return take()
    },
    release() {
      held = false
      scan()
      return take()
    },
    end() {
      emit(rest)
      rest = ""
      return take()
    },
  }
}

function firstTag(text: string): { name: string; at: number } | undefined {
  const found = TAGS.map((name) => ({ name, at: text.indexOf(name) })).filter(({ at }) => at >= 0)
  return found.sort((a, b) => a.at - b.at)[0]
}

/** How many characters at the end may be the beginning of a tag. */
function unfinishedTag(text: string): number {
  for (let length = CLOSE.length - 1; length > 0; length--) {
    const end = text.slice(-length)
    if (end.length === length && TAGS.some((tag) => tag.startsWith(end))) {
      return length
    }
  }
  return 0
}
