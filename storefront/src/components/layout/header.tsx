import Link from "next/link"
import { Suspense } from "react"
import type { Region } from "@/lib/region/regions"
import { AskButton } from "../assistant/ask-button"
import { Icon } from "../ui/icon"
import { Basket, BasketLink } from "./basket-link"
import { HeaderSearch } from "./header-search"
import { RegionMenu } from "./region-menu"
import { ThemeToggle } from "./theme-toggle"
import { Wordmark } from "./wordmark"

interface HeaderProps {
  /** Undefined while the backend doesn't answer; then there is nothing to choose. */
  regions: { all: Region[]; current: Region } | undefined
}

/** What stands over every page. */
export function Header({ regions }: HeaderProps) {
  return (
    <header className="border-b border-rule">
      <div className="page flex min-h-16 items-center gap-x-2 md:gap-x-5">
        <Wordmark />
        <nav aria-label="Shop" className="ml-4 hidden gap-6 text-sm lg:flex">
          <Link href="/search" className="py-3 hover:text-cloth">
            All books
          </Link>
          <Link href="/#shelves" className="py-3 hover:text-cloth">
            Shelves
          </Link>
          <Link href="/#moods" className="py-3 hover:text-cloth">
            Moods
          </Link>
        </nav>
        <div className="flex-1 md:pl-4">
          <HeaderSearch />
        </div>
        {regions && (
          <div className="hidden md:block">
            <RegionMenu regions={regions.all} current={regions.current} />
          </div>
        )}
        <div className="flex items-center">
          <div className="hidden md:block">
            <ThemeToggle />
          </div>
          <Link
            href="/search"
            aria-label="Search"
            className="inline-flex size-11 items-center justify-center hover:text-cloth md:hidden"
          >
            <Icon name="search" />
          </Link>
          <AskButton
            label="Ask the bookseller"
            className="inline-flex size-11 items-center justify-center gap-2 text-sm hover:text-cloth xl:w-auto xl:px-3"
          >
            <Icon name="talk" />
            <span className="hidden xl:inline">Ask the bookseller</span>
          </AskButton>
          <Suspense fallback={<Basket count={0} />}>
            <BasketLink />
          </Suspense>
        </div>
      </div>
    </header>
  )
}
