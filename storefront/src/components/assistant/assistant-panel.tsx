"use client"

import { useChat } from "@ai-sdk/react"
import { DefaultChatTransport } from "ai"
import { usePathname } from "next/navigation"
import { useCallback, useEffect, useMemo, useRef } from "react"
import type { AssistantMessage } from "@/lib/assistant/message"
import { assistantRequest } from "@/lib/assistant/request"
import { Icon } from "../ui/icon"
import { Announcer } from "./announcer"
import { Conversation } from "./conversation"
import { QuestionForm } from "./question-form"
import { isModal, useDialog } from "./use-dialog"

/** The most often that a coming answer is drawn anew, in milliseconds: tokens come faster than eyes. */
const DRAW_EVERY_MS = 60

interface AssistantPanelProps {
  open: boolean
  onClose: () => void
  /** A question from somewhere on the page, to be asked at once. */
  question: { text: string; at: number } | undefined
  region: { id: string; currency: string } | undefined
}

/** The bookseller: a panel beside the page, or over it where there is no room beside. */
export default function AssistantPanel({ open, onClose, question, region }: AssistantPanelProps) {
  const input = useRef<HTMLTextAreaElement>(null)
  const dialog = useDialog(open, onClose, input)
  const pathname = usePathname()
  const transport = useMemo(
    () =>
      new DefaultChatTransport<AssistantMessage>({
        api: "/api/assistant",
        prepareSendMessagesRequest: ({ id, messages }) => ({
          body: assistantRequest(id, messages, region),
        }),
      }),
    [region]
  )
  const { messages, sendMessage, status, stop, error, regenerate } = useChat<AssistantMessage>({
    transport,
    experimental_throttle: DRAW_EVERY_MS,
  })
  const busy = status === "submitted" || status === "streaming"
  const send = useCallback((text: string) => void sendMessage({ text }), [sendMessage])

  const asked = useRef(0)
  useEffect(() => {
    if (question && question.at !== asked.current) {
      asked.current = question.at
      send(question.text)
    }
  }, [question, send])

  // Where the panel covers the page, following a link must show where it led.
  const shownOn = useRef(pathname)
  useEffect(() => {
    if (shownOn.current !== pathname) {
      shownOn.current = pathname
      if (isModal()) {
        onClose()
      }
    }
  }, [pathname, onClose])

  return (
    <dialog
      ref={dialog}
      aria-labelledby="assistant-title"
      className="fixed inset-y-0 right-0 left-auto z-40 m-0 hidden h-dvh max-h-none w-full max-w-none flex-col border-l border-rule bg-leaf text-ink shadow-2xl open:flex md:w-[27rem]"
    >
      <header className="flex items-center justify-between border-b border-rule py-2 pr-2 pl-5">
        <h2 id="assistant-title" className="text-2xl tracking-tight">
          Ask the bookseller
        </h2>
        <button
          type="button"
          onClick={onClose}
          aria-label="Close"
          className="inline-flex size-11 items-center justify-center hover:text-cloth"
        >
          <Icon name="close" />
        </button>
      </header>
      <Conversation
        messages={messages}
        status={status}
        error={error}
        currency={region?.currency}
        onAsk={send}
        onRetry={() => void regenerate()}
        onFollow={() => isModal() && onClose()}
      />
      <QuestionForm inputRef={input} busy={busy} onAsk={send} onStop={() => void stop()} />
      <Announcer messages={messages} status={status} />
    </dialog>
  )
}
