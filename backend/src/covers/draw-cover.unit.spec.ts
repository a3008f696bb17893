import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { type BookRecord, GENRES } from "../catalogue/book-record"
import { type CoverBook, drawCover } from "./draw-cover"
import { FONTS, advance, type Font } from "./fonts"
import { PAGE } from "./page"

const CATALOGUE = path.resolve(__dirname, "../../data/catalogue")

const books: CoverBook[] = readdirSync(CATALOGUE).flatMap((file) =>
  readFileSync(path.join(CATALOGUE, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as BookRecord)
    .map(({ slug, title, subtitle, authors, genres }) => ({
      handle: slug,
      title,
      subtitle,
      authors,
      genre: genres[0],
    }))
)

/** Books that no catalogue should have, and some day one has. */
const ODD_BOOKS: CoverBook[] = Object.keys(GENRES).flatMap((genre) => [
  {
    handle: "endless",
    genre,
    authors: ["Wolfeschlegelsteinhausenbergerdorff ".repeat(3)],
    title: "A ".repeat(300),
  },
  {
    handle: "one-word",
    genre,
    authors: [],
    title: "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4),
  },
  {
    handle: "kanji",
    genre,
    authors: ["夏目漱石"],
    title: "吾輩は猫である".repeat(5),
    subtitle: "坊っちゃん".repeat(20),
  },
  {
    handle: "crowd",
    genre,
    authors: Array(12).fill("Hans-Georg Gadamer"),
    title: "Us",
    subtitle: "and ".repeat(80),
  },
  { handle: "nothing", genre, authors: [], title: "" },
])

const TAG = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9-]+="(?:[^"<&]|&(?:amp|lt|gt|quot|apos);)*")*)(\/?)>/g

/** What keeps a document from being well-formed XML: tags that don't match, attributes given twice, bare signs. */
function xmlFaults(xml: string): string[] {
  const faults: string[] = []
  const open: string[] = []
  const rest = xml.replace(
    TAG,
    (tag, closing: string, name: string, attributes: string, empty: string) => {
      const names = [...attributes.matchAll(/ ([a-zA-Z0-9-]+)="/g)].map(
        ([, attribute]) => attribute
      )
      if (new Set(names).size < names.length) {
        faults.push(`an attribute twice: ${tag}`)
      }
      if (closing ? open.pop() !== name : false) {
        faults.push(`not open: ${tag}`)
      }
      if (!closing && !empty) {
        open.push(name)
      }
      return ""
    }
  )
  const bare = /[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.exec(rest)
  return [
    ...faults,
    ...open.map((name) => `not closed: ${name}`),
    ...(bare ? [`bare ${bare[0]}: ${rest}`] : []),
  ]
}

const unescape = (text: string) =>
  text.replace(
    /&(amp|lt|gt|quot|apos);/g,
    (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" })[name]!
  )

/** Each line of text on a cover, with the ends between which it stands along its own direction. */
function textLines(svg: string) {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes, escaped]) => {
    const read = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]
    const text = unescape(escaped)
    const weight = Number(read("font-weight") ?? 400)
    const font = (Object.keys(FONTS) as Font[]).find(
      (name) => FONTS[name].families === read("font-family") && FONTS[name].weight === weight
    )!
    const size = Number(read("font-size"))
    const width =
      size * advance(text, font) + Number(read("letter-spacing") ?? 0) * ([...text].length - 1)
    const x = Number(read("x"))
    const start = { middle: x - width / 2, end: x - width }[read("text-anchor") ?? ""] ?? x
    return { text, size, start, end: start + width, y: Number(read("y")) }
  })
}

/** A title that runs up the page has the page's height for its length. */
const lengthOf = (svg: string) => (svg.includes("rotate(-90)") ? PAGE.height : PAGE.width)

describe("drawCover", () => {
  it("draws well-formed XML for every book of the catalogue", () => {
    expect(books.flatMap((book) => xmlFaults(drawCover(book)))).toEqual([])
  })

  it("escapes what stands in titles, subtitles and names", () => {
    const genres = [...Object.keys(GENRES), null, "no-such-genre"]
    for (const genre of genres) {
      const svg = drawCover({
        handle: 'x"><script>',
        title: 'Q&A <script>alert("1")</script>',
        subtitle: "'</text>'",
        authors: ["A & B <b>", "\u0000\u001b\ud800"],
        genre,
      })
      expect(xmlFaults(svg)).toEqual([])
      expect(svg).not.toContain("<script")
      // eslint-disable-next-line no-control-regex -- these are what XML forbids
      expect(svg).not.toMatch(/[\u0000\u001b]|[\ud800-\udbff](?![\udc00-\udfff])/)
    }
  })

  it("keeps every line of text on the page, whatever the book is called", () => {
    const outside = [...books, ...ODD_BOOKS].flatMap((book) => {
      const svg = drawCover(book)
      return textLines(svg)
        .filter(({ start, end, y }) => start < 0 || end > lengthOf(svg) || y < 0 || y > PAGE.height)
        .map((line) => ({ book: book.handle, genre: book.genre, ...line }))
    })
    expect(outside).toEqual([])
  })

  it("shows the whole title and every author of each book of the catalogue", () => {
    const letters = (text: string) => text.toLowerCase().replace(/[\s,&]/g, "")
    const missing = books.flatMap((book) => {
      const shown = letters(
        textLines(drawCover(book))
          .map(({ text }) => text)
          .join("")
      )
      return [book.title, ...book.authors].filter((text) => !shown.includes(letters(text)))
    })
    expect(missing).toEqual([])
  })

  it("sets titles large enough to be read", () => {
    const small = books
      .map((book) => ({
        title: book.title,
        size: Math.max(...textLines(drawCover(book)).map(({ size }) => size)),
      }))
      .filter(({ size }) => size < 22)
    expect(small).toEqual([])
  })

  it("draws the same cover for the same book, and another for any other", () => {
    expect(drawCover(books[0])).toBe(drawCover({ ...books[0] }))
    expect(new Set(books.map(drawCover)).size).toBe(books.length)
    const twins = books
      .slice(0, 40)
      .map(({ handle, genre }) => drawCover({ handle, genre, title: "Poems", authors: [] }))
    expect(new Set(twins).size).toBeGreaterThan(twins.length * 0.9)
  })

  it("loads nothing and runs nothing", () => {
    const active = /https?:|href|<style|<script|<image|<foreignObject| on[a-z]+=/
    const suspect = books.filter((book) =>
      active.test(drawCover(book).replace('xmlns="http://www.w3.org/2000/svg"', ""))
    )
    expect(suspect).toEqual([])
  })

  it("stays light enough for a page full of covers", () => {
    const heavy = books
      .filter((book) => drawCover(book).length > 60_000)
      .map(({ handle }) => handle)
    expect(heavy).toEqual([])
  })
})
