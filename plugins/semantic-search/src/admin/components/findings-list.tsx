import { StatusBadge, Text } from "@medusajs/ui"
import type { Finding } from "../../doctor/findings"

/** What is wrong, and below each the sentence that mends it. */
export function FindingsList({ findings }: { findings: Finding[] }) {
  return (
    <ul className="divide-y">
      {findings.map(({ severity, problem, remedy, admin_remedy }) => (
        <li key={problem} className="flex flex-col items-start gap-y-1 px-6 py-4">
          <StatusBadge color={severity === "error" ? "red" : "orange"}>
            {severity === "error" ? "To mend" : "To watch"}
          </StatusBadge>
          <Text size="small" weight="plus">
            {problem}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {admin_remedy ?? remedy}
          </Text>
        </li>
      ))}
    </ul>
  )
}
