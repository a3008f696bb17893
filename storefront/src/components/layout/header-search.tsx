"use client"

import Form from "next/form"
import { usePathname } from "next/navigation"
import { Icon } from "../ui/icon"

/** Pages that have a search of their own, larger than this one. */
const WITH_THEIR_OWN = new Set(["/", "/search"])

/** The search in the header. */
export function HeaderSearch() {
  if (WITH_THEIR_OWN.has(usePathname())) {
    return null
  }
  return (
    <Form action="/search" role="search" className="ml-auto hidden max-w-md items-center md:flex">
      <label className="relative flex-1">
        <span className="sr-only">Search for a book, an author or an idea</span>
        <span className="pointer-events-none absolute inset-y-0 left-0 flex items-center text-soft">
          <Icon name="search" size={18} />
        </span>
        <input
          type="search"
          name="q"
          placeholder="A book, an author, an idea"
          className="writing-line border-b border-ink/40 py-1.5 pl-7 focus:border-cloth focus:shadow-[0_2px_0_var(--cloth)]"
        />
      </label>
    </Form>
  )
}
