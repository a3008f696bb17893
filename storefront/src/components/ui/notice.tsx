import type { ReactNode } from "react"

/** A whole page, or the middle of one, that has something to say instead of something to show. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page py-20 md:py-32">
      <h1 className="max-w-[18ch] text-5xl leading-[1.02] tracking-tight md:text-6xl">{title}</h1>
      <div className="mt-6 max-w-prose space-y-6 font-serif text-xl text-soft">{children}</div>
    </div>
  )
}
