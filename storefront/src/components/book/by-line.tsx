import Link from "next/link"
import { facetHref } from "@/lib/search/url-state"

/** Who wrote it, each name leading to the rest of what they wrote. */
export function ByLine({ authors }: { authors: string[] }) {
  return (
    <p className="mt-4 font-serif text-xl">
      {authors.map((author, i) => (
        <span key={author}>
          {i > 0 && (i === authors.length - 1 ? " and " : ", ")}
          <Link href={facetHref("author", author)} className="link">
            {author}
          </Link>
        </span>
      ))}
    </p>
  )
}
