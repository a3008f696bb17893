import { GENRES, type Genre } from "../catalogue/book-record"
import { GENRE_STYLES } from "./genre-styles"
import { MOTIFS } from "./motifs"
import { PAGE } from "./page"
import { PALETTES } from "./palettes"
import { createRandom } from "./random"
import { el, escapeXml } from "./svg"

/** What a cover is drawn from. */
export interface CoverBook {
  /** Decides, with the genre, what the cover looks like: the same handle, the same cover. */
  handle: string
  title: string
  subtitle?: string | null
  authors: string[]
  /** A genre's handle; a book of another category is dressed as modern fiction. */
  genre?: string | null
}

/** The dress of a book whose genre isn't known. */
const DEFAULT_GENRE: Genre = "modern-fiction"

const isGenre = (handle: string | null | undefined): handle is Genre =>
  handle != null && Object.hasOwn(GENRES, handle)

/**
 * Draws a book's cover: an SVG document, two to three. Its genre decides the family of layouts, motifs,
 * colours and type, its handle which of them. Only typefaces that systems have are named, and nothing
 * is loaded from elsewhere.
 */
export function drawCover({ handle, title, subtitle, authors, genre }: CoverBook): string {
  const known = isGenre(genre) ? genre : DEFAULT_GENRE
  // A stream of choices each, so that a new palette doesn't change every layout.
  const choose = <T>(what: string, list: readonly T[]) =>
    createRandom(`${what}:${handle}`).pick(list)
  const style = GENRE_STYLES[known]
  const layout = choose("layout", style.layouts)
  const content = layout({
    title,
    subtitle: subtitle || null,
    authors,
    palette: choose("palette", PALETTES[known]),
    motif: choose("motif", MOTIFS[known]),
    type: choose("type", style.titles),
    random: createRandom(`picture:${handle}`),
  })
  return el(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${PAGE.width} ${PAGE.height}`,
      width: PAGE.width,
      height: PAGE.height,
    },
    el("title", {}, escapeXml([title, ...authors].join(", "))) + content
  )
}
