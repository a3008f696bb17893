import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys, MedusaError, ProductStatus } from "@medusajs/framework/utils"
import { coverGenre } from "../../../covers/cover-genre"
import { drawCover } from "../../../covers/draw-cover"

/** A handle and the ending. Control characters, which Postgres would choke on, are in no handle. */
const FILE = /^([^\p{Cc}]+)\.svg$/u

/** A changed title or author shows on the cover after this at most, in seconds. */
const MAX_AGE_SECONDS = 3600

/** What the cover of a product is drawn from, as `query.graph` answers it. */
interface CoverProduct {
  title: string
  subtitle: string | null
  categories?: ({ handle: string } | null)[] | null
  book?: { authors?: ({ name: string } | null)[] | null } | null
}

/**
 * `GET /covers/<handle>.svg`: the cover of a published product, drawn when it is asked for.
 * Express answers 304 by itself where the reader has the same already.
 */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { file } = request.params
  const handle = FILE.exec(file)?.[1]
  const product = handle ? await findProduct(request, handle) : null
  if (!handle || !product) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `There is no cover "${file}": the name is a published product's handle and ".svg".`
    )
  }
  const svg = drawCover({
    handle,
    title: product.title,
    subtitle: product.subtitle,
    authors: (product.book?.authors ?? []).flatMap((author) => author?.name ?? []).sort(),
    genre: coverGenre((product.categories ?? []).flatMap((category) => category?.handle ?? [])),
  })
  response.set({
    "Content-Type": "image/svg+xml; charset=utf-8",
    "Cache-Control": `public, max-age=${MAX_AGE_SECONDS}`,
    // Opened as a page of its own, an SVG could run scripts; this one has none and may have none.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
  })
  response.send(svg)
}

async function findProduct(
  request: MedusaRequest,
  handle: string
): Promise<CoverProduct | undefined> {
  const query = request.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["title", "subtitle", "categories.handle", "book.authors.name"],
    filters: { handle, status: ProductStatus.PUBLISHED },
  })
  return data[0] as CoverProduct | undefined
}
