import { countGenerating, type ObservedAnswer } from "../telemetry"
import { answerFromRetrieval } from "./answer-from-retrieval"
import type { ChatModel } from "./chat-model"
import { type CitationChecker, createCitationChecker } from "./citations"
import { createDeadlines, type Deadlines } from "./deadlines"
import { type AssistantHit, citationsOf } from "./hits"
import type { AssistantStatus, ChunkSink } from "./message-stream"
import type { ResolvedAssistantOptions } from "./options"
import { createPartWriter } from "./part-writer"
import { buildPrompt } from "./prompt"
import type { Question } from "./question"
import type { Slots } from "./slots"
import { type FallbackReason, statusMessage } from "./status-messages"

export interface AnswerInput {
  question: Question
  hits: AssistantHit[]
  /** The shopper's currency; without it the model reads no prices. */
  currency?: string
  /** Aborted when the shopper leaves. */
  signal: AbortSignal
}

export interface AnswerContext {
  options: ResolvedAssistantOptions
  /** Undefined: none is configured. */
  model?: ChatModel
  slots: Slots
  /** Tells the operator what is wrong with the model. */
  warn: (message: string) => void
}

/**
 * Writes an answer: the products first, then the words about them, then which of them these cite. Whatever
 * becomes of the model, the answer ends as one that needs none.
 *
 * A shopper who leaves ends the model's work, and then nothing more is written.
 *
 * @returns how it ended
 */
export async function respond(
  input: AnswerInput,
  context: AnswerContext,
  write: ChunkSink
): Promise<ObservedAnswer> {
  const { hits, question, signal } = input
  write({ type: "start" })
  write({ type: "data-hits", id: "hits", data: { query: question.search, hits } })
  const read = hits.slice(0, context.options.prompt_hits)
  const checker = createCitationChecker(read.map(({ n }) => n))
  const reason = hits.length
    ? await generate({ ...input, hits: read }, context, checker, write)
    : "no_results"
  const citations = citationsOf(checker.cited(), hits)
  if (signal.aborted) {
    return { outcome: "left", hits: hits.length, citations: citations.length }
  }
  if (reason) {
    writeStatus(write, "retrieval_only", reason)
    const answer = answerFromRetrieval(hits)
    createPartWriter(write, "retrieval").text(answer.text).end()
    // A model that failed half-way may have cited some of them before.
    const known = new Set(citations.map(({ n }) => n))
    citations.push(...answer.citations.filter(({ n }) => !known.has(n)))
  } else {
    writeStatus(write, "done")
  }
  write({ type: "data-citations", id: "citations", data: { citations } })
  write({ type: "finish" })
  return { outcome: reason ?? "done", hits: hits.length, citations: citations.length }
}

/** Lets the model answer; returns why it didn't, if so. */
async function generate(
  input: AnswerInput,
  { options, model, slots, warn }: AnswerContext,
  checker: CitationChecker,
  write: ChunkSink
): Promise<FallbackReason | undefined> {
  if (!model) {
    return "no_model"
  }
  const release = slots.take()
  if (!release) {
    return "busy"
  }
  const generated = countGenerating()
  const deadlines = createDeadlines(input.signal, {
    totalMs: options.timeout_ms,
    firstPieceMs: options.first_token_timeout_ms,
    onLoading: () => writeStatus(write, "generating", "model_loading"),
    onLoaded: () => writeStatus(write, "generating"),
  })
  try {
    const availability = await model.availability()
    if (!availability.available) {
      warn(availability.message)
      return availability.reason
    }
    writeStatus(write, "generating")
    const written = await writeAnswer(input, { options, model, deadlines, checker }, write)
    return written ? undefined : "error"
  } catch (error) {
    if (input.signal.aborted) {
      return undefined
    }
    if (deadlines.signal.aborted) {
      return "timeout"
    }
    warn(`The assistant's model failed: ${(error as Error).message}`)
    return "error"
  } finally {
    deadlines.clear()
    generated()
    release()
  }
}

interface Writing {
  options: ResolvedAssistantOptions
  model: ChatModel
  deadlines: Deadlines
  checker: CitationChecker
}

/** Returns whether the model said anything to the shopper. */
async function writeAnswer(
  { question, hits, currency }: AnswerInput,
  { options, model, deadlines, checker }: Writing,
  write: ChunkSink
): Promise<boolean> {
  const prompt = buildPrompt(question, hits, { fields: options.prompt_fields, currency })
  const request = { signal: deadlines.signal, maxTokens: options.max_output_tokens }
  const parts = createPartWriter(write, "answer")
  try {
    for await (const piece of model.stream(prompt, request)) {
      deadlines.pieceCame()
      if (piece.type === "text") {
        parts.text(checker.push(piece.text))
      } else if (piece.type === "thinking" && options.thinking === "shown") {
        parts.reasoning(piece.text)
      }
    }
    parts.text(checker.end())
  } finally {
    parts.end()
  }
  return parts.hasText()
}

function writeStatus(
  write: ChunkSink,
  state: AssistantStatus["state"],
  reason?: AssistantStatus["reason"]
): void {
  const data = { state, ...(reason && { reason, message: statusMessage(reason) }) }
  write({ type: "data-status", id: "status", data })
}
