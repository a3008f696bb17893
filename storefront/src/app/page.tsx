import { ShelfRow } from "@/components/catalogue/shelf-row"
import { AskBand } from "@/components/home/ask-band"
import { CounterPick } from "@/components/home/counter-pick"
import { Hero } from "@/components/home/hero"
import { Moods } from "@/components/home/moods"
import { ShelfIndex } from "@/components/home/shelf-index"
import { type FrontPage, frontPage } from "@/lib/catalogue/front-page"
import { countBooks } from "@/lib/format/book-facts"
import { currentRegion } from "@/lib/region/regions"
import { facetHref } from "@/lib/search/url-state"

export default async function Home() {
  const shop = await readShop()
  return (
    <div className="page space-y-20 pt-10 md:space-y-28 md:pt-16">
      <div className="grid gap-14 lg:grid-cols-[1.35fr_1fr] lg:gap-16">
        <Hero />
        {shop?.front.pick && <CounterPick book={shop.front.pick} />}
      </div>
      {shop ? <Tables {...shop} /> : <Closed />}
      <AskBand />
    </div>
  )
}

/** The tables of the shop, or undefined while the backend doesn't answer. */
async function readShop() {
  try {
    const { currency } = await currentRegion()
    return { front: await frontPage(), currency }
  } catch {
    return undefined
  }
}

function Tables({ front, currency }: { front: FrontPage; currency: string }) {
  return (
    <>
      <ShelfRow
        title="Newly published"
        more={{ href: "/search?sort=newest", label: `All ${countBooks(front.count)}` }}
        books={front.newest}
        currency={currency}
      />
      <Moods moods={front.moods} />
      {front.rows.map(({ shelf, count, books }) => (
        <ShelfRow
          key={shelf.handle}
          title={shelf.name}
          more={{ href: facetHref("shelf", shelf.handle), label: `All ${countBooks(count)}` }}
          books={books}
          currency={currency}
        />
      ))}
      <ShelfIndex shelves={front.shelves} />
    </>
  )
}

function Closed() {
  return (
    <p role="alert" className="border-l-2 border-alarm pl-4 font-serif text-xl">
      The shelves can’t be reached at the moment. Please come back in a minute; nothing in your
      basket is lost.
    </p>
  )
}
