import Link from "next/link"
import type { Region } from "@/lib/region/regions"
import { RegionMenu } from "./region-menu"
import { ThemeToggle } from "./theme-toggle"
import { Wordmark } from "./wordmark"

/** What stands under every page, ending as books do: with a colophon. */
export function Footer({ regions }: { regions: { all: Region[]; current: Region } | undefined }) {
  return (
    <footer className="mt-24 border-t border-rule">
      <div className="page grid gap-10 py-12 md:grid-cols-[2fr_1fr_1fr]">
        <div className="max-w-sm">
          <Wordmark />
          <p className="mt-4 text-sm text-soft">
            A bookshop that understands what you mean. Set in Newsreader and Hanken Grotesk; the
            covers are drawn by the shop itself.
          </p>
        </div>
        <nav aria-label="Footer" className="flex flex-col items-start gap-1 text-sm">
          <Link href="/search" className="link py-1">
            All books
          </Link>
          <Link href="/#shelves" className="link py-1">
            The shelves
          </Link>
          <Link href="/cart" className="link py-1">
            Your basket
          </Link>
        </nav>
        <div className="flex items-start justify-between gap-4 md:hidden">
          {regions && <RegionMenu regions={regions.all} current={regions.current} />}
          <ThemeToggle />
        </div>
      </div>
    </footer>
  )
}
