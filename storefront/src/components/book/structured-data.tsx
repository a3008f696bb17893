import type { BookProduct } from "@/lib/catalogue/book-product"
import { availability } from "@/lib/catalogue/stock"

/** The book for search engines, in schema.org's words. */
export function StructuredData({ product, currency }: { product: BookProduct; currency: string }) {
  const data = {
    "@context": "https://schema.org",
    "@type": "Book",
    name: product.title,
    description: product.description,
    inLanguage: product.book?.language,
    numberOfPages: product.book?.pages,
    author: product.book?.authors?.map(({ name }) => ({ "@type": "Person", name })),
    offers: (product.variants ?? []).flatMap((variant) => {
      const price = variant.calculated_price?.calculated_amount
      return price == null
        ? []
        : {
            "@type": "Offer",
            name: variant.title,
            sku: variant.sku,
            price,
            priceCurrency: currency.toUpperCase(),
            availability: `https://schema.org/${availability(variant).available ? "InStock" : "OutOfStock"}`,
          }
    }),
  }
  // "<" can't end the script element when it is written as an escape.
  const json = JSON.stringify(data).replace(/</g, "\\u003c")
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}
