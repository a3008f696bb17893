import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import type { Book } from "./books"

/*
 * Random books and random questions about them. Values come from few candidates, so that questions and
 * books meet; texts that are compared by order use lower-case letters only, which every collation sorts
 * alike.
 */

const WORDS = ["whale", "robot", "murder", "love", "garden", "dragon", "soup", "war", "tea", "zeal"]

const genre = fc.stringMatching(/^[a-c]{1,2}$/)
/** With what `LIKE` and quoting have meanings of their own for. */
export const code = fc.string({
  unit: fc.constantFrom("a", "b", "%", "_", "\\", "'", "é", "?"),
  maxLength: 4,
})
const tag = fc.constantFrom("red", "green", "blue", "it's", "a,b", "{x}", 'say "x"')
const pages = fc.integer({ min: -2, max: 5 })
const price = fc.constantFrom(0, 0.1, 4.99, 5, 12.5, 1e6)
const date = fc.constantFrom("1851-10-18", "1999-12-31T23:00:00.000Z", "2024-02-29T00:00:00+01:00")
const text = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(" "))

/** A value, null, or nothing at all. */
function perhaps<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> {
  return fc.oneof({ weight: 6, arbitrary: value }, fc.constant(null), fc.constant(undefined))
}

const book: fc.Arbitrary<Omit<Book, "id">> = fc.record({
  title: perhaps(text),
  description: perhaps(text),
  genre: perhaps(genre),
  code: perhaps(code),
  tags: perhaps(fc.array(tag, { maxLength: 4 })),
  pages: perhaps(pages),
  ratings: perhaps(fc.array(pages, { maxLength: 3 })),
  price: perhaps(fc.record({ eur: perhaps(price) })),
  published: perhaps(date),
  in_stock: perhaps(fc.boolean()),
  embedding: perhaps(text),
})

/** A catalogue: ids in order, everything else at random. */
export function books(count: number): fc.Arbitrary<Book[]> {
  return fc
    .array(book, { minLength: count, maxLength: count })
    .map((all) => all.map((one, i) => ({ id: `book_${String(i).padStart(3, "0")}`, ...one })))
}

/** A query of a few words. */
export const query = text

type Filters = SearchTypes.SearchFilters

function operators(
  value: fc.Arbitrary<unknown>,
  extra: Record<string, fc.Arbitrary<unknown>>
): fc.Arbitrary<unknown> {
  const nullable = fc.oneof({ weight: 8, arbitrary: value }, fc.constant(null))
  const list = fc.array(nullable, { maxLength: 3 })
  const choices: Record<string, fc.Arbitrary<unknown>> = {
    $eq: nullable,
    $ne: nullable,
    $in: list,
    $nin: list,
    $exists: fc.boolean(),
    ...extra,
  }
  const one = fc.oneof(
    ...Object.entries(choices).map(([operator, operand]) =>
      operand.map((chosen) => [operator, chosen] as const)
    )
  )
  return fc.oneof(
    nullable,
    list,
    fc.array(one, { minLength: 1, maxLength: 2 }).map((pairs) => Object.fromEntries(pairs))
  )
}

const ordered = (value: fc.Arbitrary<unknown>) => ({
  $gt: value,
  $gte: value,
  $lt: value,
  $lte: value,
})
const listed = (value: fc.Arbitrary<unknown>) => ({
  $contains: fc.oneof(value, fc.array(value, { maxLength: 2 })),
  $overlaps: fc.array(value, { maxLength: 3 }),
})
/** A pattern that may not end in the escape character. */
export const pattern = code.filter((text) => !/(?<!\\)(\\\\)*\\$/.test(text))
const anyDate = fc.oneof(
  date,
  date.map((iso) => Date.parse(iso)),
  date.map((iso) => new Date(iso))
)

/** For each filterable field, what it can be asked. */
const FIELD_FILTERS: Record<string, fc.Arbitrary<unknown>> = {
  id: operators(fc.constantFrom("book_001", "book_002", "book_059", "none"), {}),
  genre: operators(genre, ordered(genre)),
  code: operators(code, { $prefix: code, $like: pattern }),
  tags: operators(tag, listed(tag)),
  pages: operators(pages, ordered(pages)),
  ratings: operators(pages, listed(pages)),
  "price.eur": operators(price, ordered(price)),
  published: operators(anyDate, ordered(anyDate)),
  in_stock: operators(fc.boolean(), {}),
}

const leaf: fc.Arbitrary<Filters> = fc.oneof(
  ...Object.entries(FIELD_FILTERS).map(([field, value]) =>
    value.map((chosen) => ({ [field]: chosen }) as Filters)
  )
)

/** A tree of filters, up to four groups deep. */
export const filters: fc.Arbitrary<Filters> = fc.letrec<{ tree: Filters }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    leaf,
    fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b })),
    fc.array(tie("tree"), { maxLength: 3 }).map(($and) => ({ $and })),
    fc.array(tie("tree"), { maxLength: 3 }).map(($or) => ({ $or })),
    tie("tree").map(($not) => ({ $not }))
  ),
})).tree
