"use client"

import dynamic from "next/dynamic"
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react"

interface AssistantControl {
  open: boolean
  /** Opens the panel; with a question, asks it at once. */
  ask: (question?: string) => void
  close: () => void
}

const AssistantContext = createContext<AssistantControl | undefined>(undefined)

/** The conversation and what it needs are fetched when somebody first asks. */
const AssistantPanel = dynamic(() => import("./assistant-panel"), { ssr: false })

interface AssistantProviderProps {
  /** The shopper's region; undefined while the backend doesn't answer. */
  region: { id: string; currency: string } | undefined
  children: ReactNode
}

/** Lets every page open the assistant. The conversation outlives the page: it lives in the layout. */
export function AssistantProvider({ region, children }: AssistantProviderProps) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [question, setQuestion] = useState<{ text: string; at: number }>()

  const ask = useCallback((text?: string) => {
    setWanted(true)
    setOpen(true)
    if (text) {
      setQuestion({ text, at: Date.now() })
    }
  }, [])
  const close = useCallback(() => setOpen(false), [])
  const control = useMemo(() => ({ open, ask, close }), [open, ask, close])

  return (
    <AssistantContext value={control}>
      {children}
      {wanted && <AssistantPanel open={open} onClose={close} question={question} region={region} />}
    </AssistantContext>
  )
}

export function useAssistant(): AssistantControl {
  const control = useContext(AssistantContext)
  if (!control) {
    throw new Error("useAssistant is used outside of AssistantProvider")
  }
  return control
}
