"use client"

import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef } from "react"

/** A small menu that opens under its label, and closes by Escape, by a choice or by leaving it. */
export function Menu({ label, children }: { label: ReactNode; children: ReactNode }) {
  const ref = useRef<HTMLDetailsElement>(null)

  const close = () => {
    if (ref.current) {
      ref.current.open = false
    }
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "Escape") {
      close()
      ref.current?.querySelector("summary")?.focus()
    }
  }
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !ref.current?.contains(relatedTarget)) {
      close()
    }
  }

  return (
    <details ref={ref} className="group relative" onKeyDown={onKeyDown} onBlur={onBlur}>
      <summary className="flex min-h-11 items-center gap-1.5 text-sm hover:text-cloth">
        {label}
      </summary>
      <div
        onClick={close}
        className="absolute right-0 z-20 mt-1 border border-rule bg-leaf py-1 text-sm shadow-lg"
      >
        {children}
      </div>
    </details>
  )
}
