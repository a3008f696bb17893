import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

/** Names and values, a line each. */
export function FactsList({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="divide-y">
      {facts.map(([label, value]) => (
        <div key={label} className="text-ui-fg-subtle grid grid-cols-2 items-center px-6 py-4">
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
