import Form from "next/form"
import Link from "next/link"
import { Notice } from "@/components/ui/notice"

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <Notice title="This page is missing from the binding.">
      <p>
        The address may be old, or the book may have left our shelves. Tell us what you were after.
      </p>
      <Form
        action="/search"
        role="search"
        className="flex max-w-lg gap-3 border-b-2 border-ink focus-within:border-cloth focus-within:shadow-[0_2px_0_var(--cloth)]"
      >
        <label className="flex-1">
          <span className="sr-only">Search for a book, an author or an idea</span>
          <input
            type="search"
            name="q"
            placeholder="A book, an author, an idea"
            className="writing-line py-2 text-2xl text-ink"
          />
        </label>
        <button
          type="submit"
          className="px-2 font-sans text-base font-semibold text-ink hover:text-cloth"
        >
          Search
        </button>
      </Form>
      <p className="text-base">
        <Link href="/" className="link">
          To the front of the shop
        </Link>
      </p>
    </Notice>
  )
}
