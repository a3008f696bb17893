import Link from "next/link"

/** The name over the door. */
export function Wordmark() {
  return (
    <Link
      href="/"
      aria-label="Libro-Mind, to the front of the shop"
      className="font-serif text-[1.7rem] leading-none tracking-tight whitespace-nowrap"
    >
      Libro-<i>Mind</i>
    </Link>
  )
}
