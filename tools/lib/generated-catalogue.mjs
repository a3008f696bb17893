import {
  ADJECTIVES,
  CATEGORIES,
  COLOURS,
  MATERIALS,
  NAME_PARTS,
  PLACES,
  SENTENCES,
} from "./vocabulary.mjs"

/** Descriptions end between these numbers of words. */
export const DESCRIPTION_WORDS = { least: 40, most: 120 }

/** Brands that exist, the most common ones first. */
const BRANDS = 400
/** A series is a name as well: half of the products are of a common one, the others of any. */
const COMMON_SERIES = 300
const SERIES = 80_000
const SUPPLIERS = 10
const RANGES = 100

/** Has a field's values suggested, by the provider that suggests. */
const SUGGESTED = { provider_options: { pgvector: { suggest: true } } }

/**
 * The search fields of the generated products, as an index definition has them. `supplier` is one in
 * ten and `range` one in a hundred of the products: what the filters of 10 % and 1 % go by.
 */
export const CATALOGUE_FIELDS = {
  title: { type: "text", searchable: { weight: 3 }, sortable: true, ...SUGGESTED },
  description: { type: "text", searchable: { weight: 1 } },
  brand: {
    ...{ type: "text", searchable: { weight: 2 }, filterable: true, facetable: true },
    ...SUGGESTED,
  },
  category: {
    ...{ type: "keyword", searchable: { weight: 1 }, filterable: true, facetable: true },
    ...SUGGESTED,
  },
  colour: { type: "keyword", searchable: { weight: 1 }, filterable: true, facetable: true },
  sku: { type: "keyword", searchable: { weight: 2 }, filterable: true },
  price: { type: "float", filterable: true, sortable: true, facetable: { types: ["range"] } },
  supplier: { type: "keyword", filterable: true },
  range: { type: "keyword", filterable: true },
  status: { type: "keyword", filterable: true },
  sales_channel_ids: { type: "keyword", array: true, filterable: true },
}

/** Filters that a share of the products passes, by its percentage. */
export const FILTERS = { 10: { supplier: "supplier-3" }, 1: { range: "range-42" } }

/**
 * A generator of numbers from 0 up to 1 that gives the same ones for the same seed (mulberry32).
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function seededRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of so many, where the n-th comes 1/n as often as the first: as words do in texts. */
function zipf(random, count) {
  // Continuous approximation of the harmonic distribution: exp of a uniform logarithm.
  return Math.min(count - 1, Math.floor(Math.exp(random() * Math.log(count + 1))) - 1)
}

const uniform = (random, count) => Math.floor(random() * count)
const pick = (random, list) => list[zipf(random, list.length)]

/** An invented name; the same for the same number. */
function nameOf(number) {
  const random = seededRandom(number * 7_919 + 17)
  const { begin, middle, end } = NAME_PARTS
  const part = (list) => list[uniform(random, list.length)]
  const middles = Array.from({ length: uniform(random, 3) }, () => part(middle))
  return part(begin) + middles.join("") + part(end)
}

const brandName = (rank) => nameOf(rank)
const seriesName = (rank) => nameOf(1_000_000 + rank)
const anySeries = (random) =>
  seriesName(random() < 0.5 ? zipf(random, COMMON_SERIES) : uniform(random, SERIES))
const capitalise = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** The id of a generated product. */
export const productId = (number) => `prod_${String(number).padStart(7, "0")}`

/** Fills a sentence's places with words. */
function write(random, sentence, { category, facts }) {
  const { things, parts, traits, uses } = CATEGORIES[category]
  const lists = { part: parts, trait: traits, use: uses, thing: things }
  const shared = { material: MATERIALS, colour: COLOURS, adjective: ADJECTIVES, place: PLACES }
  const used = new Set()
  const another = (list) => {
    let word = pick(random, list)
    while (used.has(word)) word = list[uniform(random, list.length)]
    used.add(word)
    return word
  }
  const text = sentence.replace(/\{(\w+)\}/g, (_, name) => {
    if (name in facts) return facts[name]
    if (name === "number") return String(2 + zipf(random, 400))
    if (name === "year") return String(2024 - zipf(random, 90))
    return another(lists[name] ?? shared[name])
  })
  return capitalise(text.replace(/\b([Aa]) (?=[aeiou])/g, "$1n "))
}

function describe(random, context) {
  const { least, most } = DESCRIPTION_WORDS
  const wanted = least + uniform(random, most - least)
  const unused = [...SENTENCES]
  const sentences = []
  let count = 0
  while (count < least || count < wanted) {
    const [form] = unused.splice(uniform(random, unused.length), 1)
    const sentence = write(random, form, context)
    const length = sentence.split(" ").length
    if (count + length > most) break
    sentences.push(sentence)
    count += length
  }
  return sentences.join(" ")
}

/**
 * A product of a made-up shop: always the same for the same number and seed.
 *
 * @param {number} number From 0.
 * @param {object} options
 * @param {number} options.seed Catalogues of different seeds share no text, and so no embedding.
 * @param {string} options.salesChannel The id of the channel it is sold in.
 * @returns {Record<string, unknown>}
 */
export function generateProduct(number, { seed, salesChannel }) {
  const random = seededRandom(Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b))
  const category = Object.keys(CATEGORIES)[uniform(random, Object.keys(CATEGORIES).length)]
  const facts = {
    thing: pick(random, CATEGORIES[category].things),
    brand: brandName(zipf(random, BRANDS)),
    series: anySeries(random),
  }
  const colour = pick(random, COLOURS)
  const material = pick(random, MATERIALS)
  const adjective = pick(random, ADJECTIVES)
  const title = `${facts.brand} ${facts.series} ${adjective} ${material} ${facts.thing}, ${colour}`
  const description = describe(random, { category, facts })
  return {
    id: productId(number),
    title,
    description,
    brand: facts.brand,
    category,
    colour,
    sku: `${facts.brand.slice(0, 2).toUpperCase()}-${String(number).padStart(6, "0")}`,
    price: Math.round(100 * Math.exp(1.5 + 4 * random())) / 100,
    supplier: `supplier-${uniform(random, SUPPLIERS)}`,
    range: `range-${uniform(random, RANGES)}`,
    status: "published",
    sales_channel_ids: [salesChannel],
    embedding: `${title}. ${description}`,
  }
}

/** @returns {Generator<Record<string, unknown>>} The first `count` products. */
export function* generateProducts(count, options) {
  for (let number = 0; number < count; number++) yield generateProduct(number, options)
}

/** How shoppers ask: one to four words; `{name}` as in sentences. */
const QUERIES = [
  "{thing}",
  "{material} {thing}",
  "{colour} {thing}",
  "{adjective} {thing}",
  "{brand} {thing}",
  "{trait} {thing}",
  "{thing} for {use}",
  "{adjective} {material} {thing}",
  "{colour} {material} {thing}",
  "{use}",
]

/**
 * A search as a shopper of the generated catalogue might type it; the same for the same number.
 *
 * @param {number} number From 0.
 * @returns {string}
 */
export function generateQuery(number) {
  const random = seededRandom(number * 40_503 + 9)
  const category = Object.keys(CATEGORIES)[uniform(random, Object.keys(CATEGORIES).length)]
  const facts = { brand: brandName(zipf(random, BRANDS)) }
  const form = QUERIES[uniform(random, QUERIES.length)]
  return write(random, form, { category, facts }).toLowerCase()
}
