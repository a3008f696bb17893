import { Text } from "@medusajs/ui"
import type { BookFacts } from "../../catalogue/book-record"

const languages = new Intl.DisplayNames(["en"], { type: "language" })

const yearOf = (year: number) => (year < 0 ? `${-year} BC` : String(year))

const seriesOf = ({ series }: BookFacts) =>
  series
    ? [series.name, series.position && `no. ${series.position}`].filter(Boolean).join(", ")
    : "–"

const ageOf = ({ reading_age: { from, to } }: BookFacts) =>
  to === null ? `from ${from}` : `${from} to ${to}`

/** The facts of a book, a line each. */
export function BookFactsList({ facts }: { facts: BookFacts }) {
  const rows = [
    ["Authors", facts.authors.join(", ")],
    ["First published", yearOf(facts.year)],
    ["Pages", String(facts.pages)],
    ["Language", languages.of(facts.language)],
    ["Original language", languages.of(facts.original_language)],
    ["Series", seriesOf(facts)],
    ["Subjects", facts.subjects.join(", ") || "–"],
    ["Reading age", ageOf(facts)],
  ]
  return (
    <dl className="divide-y">
      {rows.map(([label, value]) => (
        <div key={label} className="text-ui-fg-subtle grid grid-cols-2 items-start px-6 py-4">
          <Text as="div" size="small" weight="plus" leading="compact">
            <dt>{label}</dt>
          </Text>
          <Text as="div" size="small" leading="compact">
            <dd>{value}</dd>
          </Text>
        </div>
      ))}
    </dl>
  )
}
