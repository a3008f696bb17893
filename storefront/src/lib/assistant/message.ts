import type { UIMessage } from "ai"
import type { BookDocument } from "../catalogue/book-document"

/** A book that the assistant found for a question, with the number by which its answer names it. */
export interface AssistantHit {
  n: number
  id: string
  document: BookDocument
}

/** How far an answer is. The backend sends one at a time; the last one counts. */
export interface AssistantStatus {
  state: "generating" | "retrieval_only" | "done"
  reason?:
    "no_model" | "model_missing" | "model_loading" | "timeout" | "error" | "busy" | "no_results"
  /** A sentence for the shopper. */
  message?: string
}

/** The assistant's own parts of a message, beside text and reasoning. */
export type AssistantData = {
  hits: { query: string; hits: AssistantHit[] }
  status: AssistantStatus
  citations: { citations: { n: number; id: string }[] }
}

export type AssistantMessage = UIMessage<never, AssistantData>

/** A message of the assistant, taken apart into what the panel shows. */
export interface Answer {
  hits: AssistantHit[]
  status?: AssistantStatus
  reasoning: string
  text: string
  /** Numbers of the books that the finished answer names; undefined until it says so. */
  cited?: number[]
}

/** Collects the parts of a message; of repeated data parts the last counts. */
export function readAnswer({ parts }: AssistantMessage): Answer {
  const answer: Answer = { hits: [], reasoning: "", text: "" }
  for (const part of parts) {
    switch (part.type) {
      case "data-hits":
        answer.hits = part.data.hits
        break
      case "data-status":
        answer.status = part.data
        break
      case "data-citations":
        answer.cited = part.data.citations.map(({ n }) => n)
        break
      case "reasoning":
        answer.reasoning += part.text
        break
      case "text":
        // What a broken-off answer began with, and the sentence that takes its place, are two paragraphs.
        answer.text = [answer.text, part.text].filter(Boolean).join("\n\n")
        break
    }
  }
  return answer
}
