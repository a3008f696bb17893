import type { ChunkSink } from "./message-stream"

type PartType = "text" | "reasoning"

export interface PartWriter {
  text(delta: string): PartWriter
  reasoning(delta: string): PartWriter
  /** Closes the open part, if there is one. */
  end(): void
  /** Whether anything but blanks was written as text. */
  hasText(): boolean
}

/** Writes an answer's text and reasoning as parts that open and close as the stream's protocol wants. */
export function createPartWriter(write: ChunkSink, name: string): PartWriter {
  let open: { type: PartType; id: string } | undefined
  let opened = 0
  let hasText = false

  const end = () => {
    if (open) {
      write({ type: `${open.type}-end`, id: open.id })
      open = undefined
    }
  }
  const add = (type: PartType, delta: string) => {
    if (!delta) {
      return writer
    }
    if (open?.type !== type) {
      end()
      open = { type, id: `${name}-${++opened}` }
      write({ type: `${type}-start`, id: open.id })
    }
    write({ type: `${type}-delta`, id: open.id, delta })
    return writer
  }
  const writer: PartWriter = {
    text(delta) {
      hasText ||= delta.trim() !== ""
      return add("text", delta)
    },
    reasoning: (delta) => add("reasoning", delta),
    end,
    hasText: () => hasText,
  }
  return writer
}
