import Form from "next/form"
import Link from "next/link"
import { searchHref } from "@/lib/search/url-state"
import { Icon } from "../ui/icon"

/** Things people say when they don't know the title. */
const EXAMPLES = [
  "a captain obsessed with a white whale",
  "growing up poor in the American South",
  "cosy murder in an English village",
]

/** The first thing in the shop: a line to write on. */
export function Hero() {
  return (
    <div className="flex flex-col justify-center">
      <h1 className="text-[clamp(2.75rem,6.6vw,5.5rem)] leading-[0.98] tracking-[-0.025em]">
        Say what you <i>feel</i> like reading.
      </h1>
      <Form action="/search" role="search" className="mt-8 md:mt-12">
        <label htmlFor="hero-search" className="label-text">
          A plot, a mood, an author, half a title
        </label>
        <div className="mt-1 flex items-end gap-3 border-b-2 border-ink focus-within:border-cloth focus-within:shadow-[0_2px_0_var(--cloth)]">
          <input
            id="hero-search"
            type="search"
            name="q"
            placeholder="the one with the whale"
            className="writing-line min-w-0 py-2 text-2xl md:text-3xl"
          />
          <button
            type="submit"
            aria-label="Search"
            className="mb-1 inline-flex size-12 shrink-0 items-center justify-center hover:text-cloth"
          >
            <Icon name="arrow" size={28} />
          </button>
        </div>
      </Form>
      <ul className="mt-5 flex flex-col gap-x-6 gap-y-2 font-serif text-lg text-soft italic sm:flex-row sm:flex-wrap">
        {EXAMPLES.map((query) => (
          <li key={query}>
            <Link href={searchHref({ query })} className="link">
              {query}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
