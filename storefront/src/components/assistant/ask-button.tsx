"use client"

import type { ReactNode } from "react"
import { useAssistant } from "./assistant-context"

interface AskButtonProps {
  /** Asked at once; left out, the panel opens and waits. */
  question?: string
  className?: string
  label?: string
  children: ReactNode
}

/** Opens the assistant. */
export function AskButton({ question, className, label, children }: AskButtonProps) {
  const { ask, open } = useAssistant()
  return (
    <button
      type="button"
      onClick={() => ask(question)}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={question ? undefined : open}
      className={className}
    >
      {children}
    </button>
  )
}
