import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { Suspense } from "react"
import { AskButton } from "@/components/assistant/ask-button"
import { ByLine } from "@/components/book/by-line"
import { Facts } from "@/components/book/facts"
import { FormatForm } from "@/components/book/format-form"
import { ShelfMates } from "@/components/book/shelf-mates"
import { StructuredData } from "@/components/book/structured-data"
import { Cover } from "@/components/catalogue/cover"
import type { BookProduct } from "@/lib/catalogue/book-product"
import { formatChoices } from "@/lib/catalogue/format-choices"
import { getBook } from "@/lib/catalogue/get-book"
import { excerpt, joinNames } from "@/lib/format/book-facts"
import { currentRegion } from "@/lib/region/regions"
import { facetHref } from "@/lib/search/url-state"

type Params = Promise<{ handle: string }>

/** As much of a description as search engines show. */
const META_LENGTH = 160

async function readBook(params: Params) {
  const [{ handle }, region] = await Promise.all([params, currentRegion()])
  const product = await getBook(handle, region.id)
  return product ? { product, currency: region.currency } : notFound()
}

const authorsOf = ({ book }: BookProduct) => (book?.authors ?? []).map(({ name }) => name)

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { product } = await readBook(params)
  const authors = joinNames(authorsOf(product))
  return {
    title: authors ? `${product.title} by ${authors}` : product.title,
    description: excerpt(product.description ?? "", META_LENGTH),
  }
}

export default async function BookPage({ params }: { params: Params }) {
  const { product, currency } = await readBook(params)
  const { book, categories, tags } = product
  return (
    <article className="page pt-8 md:pt-14">
      <div className="grid gap-x-16 gap-y-8 md:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)] lg:gap-x-24">
        <div className="md:sticky md:top-10 md:self-start">
          <Cover
            src={product.thumbnail}
            alt={`Cover of ${product.title}`}
            eager
            className="mx-auto w-[min(62vw,18rem)] md:w-full md:max-w-96"
          />
        </div>
        <div className="max-w-2xl">
          <p className="flex flex-wrap gap-x-4 text-sm text-soft">
            {categories?.map(({ id, handle, name }) => (
              <Link key={id} href={facetHref("shelf", handle)} className="link py-1">
                {name}
              </Link>
            ))}
          </p>
          <h1 className="mt-4 text-[clamp(2.5rem,5.2vw,4.25rem)] leading-[0.98] tracking-[-0.02em]">
            {product.title}
          </h1>
          {product.subtitle && (
            <p className="mt-3 font-serif text-2xl leading-tight text-soft italic">
              {product.subtitle}
            </p>
          )}
          <ByLine authors={authorsOf(product)} />
          <p lang={book?.language} className="mt-8 font-serif text-xl leading-relaxed">
            {product.description}
          </p>
          <div className="mt-10">
            <FormatForm formats={formatChoices(product.variants ?? [], currency)} />
          </div>
          <div className="mt-12">{book && <Facts book={book} moods={values(tags)} />}</div>
          <AskButton
            question={`I am looking at ${product.title}. What else would I like?`}
            className="link mt-6 font-serif text-lg italic"
          >
            Ask the bookseller what else you would like
          </AskButton>
        </div>
      </div>
      <div className="mt-24">
        <Suspense>
          <ShelfMates book={product} currency={currency} />
        </Suspense>
      </div>
      <StructuredData product={product} currency={currency} />
    </article>
  )
}

function values(tags: BookProduct["tags"]): string[] {
  return (tags ?? []).map(({ value }) => value)
}
