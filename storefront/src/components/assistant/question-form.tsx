import { type KeyboardEvent, type RefObject, useState } from "react"
import { Icon } from "../ui/icon"

/** As long as a shopper's question may get; the backend's own limit is not far. */
const MAX_LENGTH = 1000

interface QuestionFormProps {
  inputRef: RefObject<HTMLTextAreaElement | null>
  /** While an answer comes, the button stops it. */
  busy: boolean
  onAsk: (question: string) => void
  onStop: () => void
}

/** Where the question is written. Enter sends it, Shift and Enter begin a new line. */
export function QuestionForm({ inputRef, busy, onAsk, onStop }: QuestionFormProps) {
  const [text, setText] = useState("")

  const send = () => {
    const question = text.trim()
    if (question && !busy) {
      onAsk(question)
      setText("")
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="flex items-end gap-3 border-t border-rule p-4"
    >
      <label className="flex-1">
        <span className="sr-only">Your question</span>
        <textarea
          ref={inputRef}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          maxLength={MAX_LENGTH}
          rows={2}
          placeholder="Something like Moby-Dick, but shorter"
          className="writing-line resize-none border-b-2 border-ink py-1 text-lg leading-snug focus:border-cloth focus:shadow-[0_2px_0_var(--cloth)]"
        />
      </label>
      {busy ? (
        <button type="button" onClick={onStop} className="button-quiet">
          <Icon name="stop" size={16} /> Stop
        </button>
      ) : (
        <button type="submit" className="button" disabled={!text.trim()}>
          Ask
        </button>
      )}
    </form>
  )
}
