import { useState } from "react"

interface ChoiceProps {
  label: string
  /** How many books it would leave. */
  count?: number
  checked: boolean
  onToggle: () => void
}

/** A box to tick. It is ticked at once; the results that make it so come a moment later. */
export function Choice({ label, count, checked, onToggle }: ChoiceProps) {
  const [ticked, setTicked] = useState(checked)
  const [known, setKnown] = useState(checked)
  if (checked !== known) {
    setKnown(checked)
    setTicked(checked)
  }
  return (
    <label className="flex min-h-8 cursor-pointer items-baseline gap-2.5 text-sm hover:text-cloth">
      <input
        type="checkbox"
        checked={ticked}
        onChange={() => {
          setTicked(!ticked)
          onToggle()
        }}
        className="size-4 shrink-0 translate-y-0.5 accent-cloth"
      />
      <span className="flex-1">{label}</span>
      {count !== undefined && <span className="text-soft tabular-nums">{count}</span>}
    </label>
  )
}
