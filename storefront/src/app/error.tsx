"use client"

import Link from "next/link"
import { Notice } from "@/components/ui/notice"

/** A page that couldn't be put together, nearly always because the backend didn't answer. */
export default function ErrorPage({ retry }: { error: Error; retry: () => void }) {
  return (
    <Notice title="The shop is out of reach for a moment.">
      <p>
        We couldn’t get to the shelves for this page. Your basket is safe. Try again, or come back
        in a few minutes.
      </p>
      <p className="flex flex-wrap gap-3 font-sans text-base">
        <button type="button" onClick={retry} className="button">
          Try again
        </button>
        <Link href="/" className="button-quiet">
          To the front of the shop
        </Link>
      </p>
    </Notice>
  )
}
