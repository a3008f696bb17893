import Link from "next/link"
import type { Step } from "@/lib/checkout/steps"

const NAMES: Record<Step, string> = {
  address: "Address",
  delivery: "Delivery",
  review: "Review",
}

/** Where the shopper is in the checkout, with the way back to what is already done. */
export function StepNav({ steps, current }: { steps: Step[]; current: Step }) {
  const at = steps.indexOf(current)
  return (
    <ol className="mt-6 flex gap-8 border-b border-rule" aria-label="Steps">
      {steps.map((step, i) => (
        <li
          key={step}
          aria-current={i === at ? "step" : undefined}
          className="-mb-px border-b-2 border-transparent py-2.5 text-soft aria-[current]:border-cloth aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {i < at ? (
            <Link href={`/checkout?step=${step}`} className="link">
              {NAMES[step]}
            </Link>
          ) : (
            NAMES[step]
          )}
        </li>
      ))}
    </ol>
  )
}
