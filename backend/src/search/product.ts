import { search } from "@medusajs/framework/utils"
import {
  defineSemanticProductIndex,
  type ProductEventSource,
  type ProductRow,
} from "medusa-plugin-semantic-search"
import { embeddedText } from "../catalogue/embedded-text"
import { searchLocales } from "../store/search-locales"

/** A product with its book, as `query.graph` answers it. */
interface BookProduct extends ProductRow {
  book?: {
    year?: number | null
    pages?: number | null
    language?: string | null
    original_language?: string | null
    subjects?: string[] | null
    series_position?: number | null
    reading_age_from?: number | null
    reading_age_to?: number | null
    authors?: ({ name: string } | null)[] | null
    series?: { name: string } | null
  } | null
  options?: ({ title?: string; values?: ({ value: string } | null)[] | null } | null)[] | null
}

const authorsOf = ({ book }: BookProduct) =>
  (book?.authors ?? []).flatMap((author) => author?.name ?? []).sort()

const formatsOf = ({ options }: BookProduct) =>
  (options ?? [])
    .filter((option) => option?.title === "Format")
    .flatMap((option) => (option?.values ?? []).flatMap((value) => value?.value ?? []))
    .sort()

/** Events of books, authors and series, and how they lead to products. A book has one product. */
const booksOf = (
  name: string,
  filters?: (ids: string[]) => Record<string, unknown>
): ProductEventSource => ({
  events: [`book.${name}.updated`, `book.${name}.deleted`],
  entity: "book",
  filters,
  fields: ["product.id"],
  productIds: ({ product }) => product?.id,
  wide: !!filters,
})

const listed = () => search.text().array().searchable({ weight: 2 }).filterable().facetable()
/** What a shopper's text may be completed to. */
const suggested = (kind: string) => ({ pgvector: { suggest: { kind } } })
const counted = () =>
  search
    .integer()
    .filterable()
    .sortable()
    .facetable({ types: ["range", "stats"] })

export default defineSemanticProductIndex<BookProduct>({
  currencies: ["eur", "usd"],
  regions: { europe: "Europe", united_states: "United States" },
  locales: searchLocales(),
  extension: {
    fields: {
      authors: search
        .text()
        .array()
        .searchable({ weight: 3 })
        .filterable()
        .facetable()
        .providerOptions(suggested("author")),
      series: search
        .text()
        .searchable({ weight: 3 })
        .filterable()
        .facetable()
        .providerOptions(suggested("series")),
      series_position: search.float().filterable().sortable(),
      subjects: listed().providerOptions(suggested("subject")),
      language: search.keyword().filterable().facetable(),
      original_language: search.keyword().filterable().facetable(),
      formats: search.keyword().array().filterable().facetable(),
      year: counted(),
      pages: counted(),
      reading_age_from: search.integer().filterable(),
      reading_age_to: search.integer().filterable(),
    },
    graph_fields: [
      "book.year",
      "book.pages",
      "book.language",
      "book.original_language",
      "book.subjects",
      "book.series_position",
      "book.reading_age_from",
      "book.reading_age_to",
      "book.authors.name",
      "book.series.name",
      "options.title",
      "options.values.value",
    ],
    document: (product) => ({
      authors: authorsOf(product),
      series: product.book?.series?.name ?? null,
      series_position: product.book?.series_position ?? null,
      subjects: product.book?.subjects ?? [],
      language: product.book?.language ?? null,
      original_language: product.book?.original_language ?? null,
      formats: formatsOf(product),
      year: product.book?.year ?? null,
      pages: product.book?.pages ?? null,
      reading_age_from: product.book?.reading_age_from ?? null,
      reading_age_to: product.book?.reading_age_to ?? null,
    }),
    events: [
      booksOf("book"),
      booksOf("author", (ids) => ({ authors: { id: ids } })),
      booksOf("series", (ids) => ({ series: { id: ids } })),
    ],
    text: ({ book, description }) => embeddedText({ subjects: book?.subjects, description }),
  },
})
