import { Text } from "@medusajs/ui"
import type { IndexState } from "../../doctor/findings"

const count = new Intl.NumberFormat()

/** An index: how many documents it holds, and how many of them are found by meaning. */
export function IndexProgress({ index }: { index: IndexState }) {
  const { name, status, active, building } = index
  const shown = building ?? active
  if (!shown) {
    return (
      <Text size="small" className="px-6 py-4">
        <span className="font-medium">{name}</span>: never built ({status})
      </Text>
    )
  }
  const { documents, embeddable, with_vector } = shown
  const share = embeddable ? with_vector / embeddable : 1
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <div className="flex items-baseline justify-between gap-x-4">
        <Text size="small" weight="plus">
          {name}
          {building ? " (a new version is being built)" : ""}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {count.format(documents)} documents, {count.format(with_vector)} of{" "}
          {count.format(embeddable)} with their vector
        </Text>
      </div>
      <div
        role="progressbar"
        aria-label={`Vectors of ${name}`}
        aria-valuemin={0}
        aria-valuemax={embeddable}
        aria-valuenow={with_vector}
        className="bg-ui-bg-subtle h-1.5 w-full overflow-hidden rounded-full"
      >
        <div
          className={`h-full ${share === 1 ? "bg-ui-tag-green-icon" : "bg-ui-tag-blue-icon"}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  )
}
