import { useEffect, useRef, useState } from "react"
import { useSearchBox } from "react-instantsearch"
import { Icon } from "../ui/icon"

/** How long the keys must rest before a search: each one asks what the words mean, and results that
 * change under the eye are worse than results that wait. In milliseconds. */
const REST_MS = 250

/** The line that the search is written on. */
export function SearchLine() {
  const { query, refine } = useSearchBox()
  const [text, setText] = useState(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)

  // Back, forward and links change the query from outside; what is being typed stays.
  const [known, setKnown] = useState(query)
  if (query !== known) {
    setKnown(query)
    setText(query)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (value: string, wait: number) => {
    setText(value)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setKnown(value)
      refine(value)
    }, wait)
  }

  return (
    <form
      role="search"
      action="/search"
      onSubmit={(event) => {
        event.preventDefault()
        search(text, 0)
      }}
      className="flex items-center gap-3 border-b-2 border-ink focus-within:border-cloth focus-within:shadow-[0_2px_0_var(--cloth)]"
    >
      <Icon name="search" size={26} />
      <label className="flex-1">
        <span className="sr-only">Search for a book, an author or an idea</span>
        <input
          ref={input}
          type="search"
          name="q"
          value={text}
          onChange={(event) => search(event.target.value, REST_MS)}
          placeholder="A plot, a mood, an author, half a title"
          autoComplete="off"
          maxLength={500}
          className="writing-line py-2.5 text-2xl md:text-3xl"
        />
      </label>
      <button
        type="button"
        aria-label="Clear the search"
        onClick={() => {
          search("", 0)
          input.current?.focus()
        }}
        className={`inline-flex size-11 items-center justify-center hover:text-cloth ${text ? "" : "invisible"}`}
      >
        <Icon name="close" />
      </button>
    </form>
  )
}
