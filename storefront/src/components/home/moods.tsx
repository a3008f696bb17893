import Link from "next/link"
import { Fragment } from "react"
import { facetHref } from "@/lib/search/url-state"

/** All moods as one sentence that can be entered anywhere. */
export function Moods({ moods }: { moods: string[] }) {
  return (
    <section id="moods" aria-label="Moods" className="border-y border-rule py-12 md:py-16">
      <p className="max-w-[34ch] font-serif text-[clamp(1.7rem,3.6vw,3rem)] leading-[1.22] tracking-tight text-soft">
        Tonight, something{" "}
        {moods.map((mood, i) => (
          <Fragment key={mood}>
            {separator(i, moods.length)}
            <Link
              href={facetHref("mood", mood)}
              className="text-ink italic decoration-1 underline-offset-[0.15em] hover:text-cloth hover:underline"
            >
              {mood}
            </Link>
          </Fragment>
        ))}
        .
      </p>
    </section>
  )
}

function separator(i: number, length: number): string {
  if (i === 0) {
    return ""
  }
  return i === length - 1 ? " or " : ", "
}
