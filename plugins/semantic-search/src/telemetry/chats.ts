import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api"
import type { ChatModel, ChatPiece } from "../assistant/chat-model"
import { instruments } from "./instruments"
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_INPUT_TOKENS,
  ATTR_GEN_AI_MAX_TOKENS,
  ATTR_GEN_AI_MODEL,
  ATTR_GEN_AI_OPERATION,
  ATTR_GEN_AI_OUTPUT_TOKENS,
  ATTR_GEN_AI_PROVIDER,
  ATTR_GEN_AI_TOKEN_TYPE,
} from "./names"
import { SCOPE } from "./scope"
import { errorType } from "./tracing"

const MS_PER_SECOND = 1_000

const tracer = trace.getTracer(SCOPE)

/**
 * Has what a language model writes traced, timed and counted, by OpenTelemetry's conventions for generative
 * AI. Neither prompt nor answer is written down.
 */
export function observedChatModel(model: ChatModel): ChatModel {
  return {
    ...model,
    stream: (messages, request) =>
      observeChat(model, request.maxTokens, () => model.stream(messages, request)),
  }
}

async function* observeChat(
  { provider, name }: ChatModel,
  maxTokens: number,
  run: () => AsyncIterable<ChatPiece>
): AsyncGenerator<ChatPiece> {
  const measured = {
    [ATTR_GEN_AI_OPERATION]: "chat",
    [ATTR_GEN_AI_PROVIDER]: provider,
    [ATTR_GEN_AI_MODEL]: name,
  }
  const { chatDuration, chatFirstChunk, chatTokens } = instruments()
  const started = performance.now()
  const seconds = () => (performance.now() - started) / MS_PER_SECOND
  const span = tracer.startSpan(`chat ${name}`, {
    kind: SpanKind.CLIENT,
    attributes: { ...measured, [ATTR_GEN_AI_MAX_TOKENS]: maxTokens },
  })
  // A generator runs in the context of whoever asks for its next piece, so the span is handed on by hand.
  const within = trace.setSpan(context.active(), span)
  const pieces = context.with(within, () => run()[Symbol.asyncIterator]())
  let failure: { [ATTR_ERROR_TYPE]: string } | undefined
  let begun = false
  try {
    for (;;) {
      const { done, value: piece } = await context.with(within, () => pieces.next())
      if (done) {
        break
      }
      if (!begun) {
        begun = true
        chatFirstChunk.record(seconds(), measured)
      }
      if (piece.type === "usage") {
        const { inputTokens, outputTokens } = piece
        span.setAttributes({
          [ATTR_GEN_AI_INPUT_TOKENS]: inputTokens,
          [ATTR_GEN_AI_OUTPUT_TOKENS]: outputTokens,
        })
        chatTokens.record(inputTokens, { ...measured, [ATTR_GEN_AI_TOKEN_TYPE]: "input" })
        chatTokens.record(outputTokens, { ...measured, [ATTR_GEN_AI_TOKEN_TYPE]: "output" })
      }
      yield piece
    }
  } catch (error) {
    failure = { [ATTR_ERROR_TYPE]: errorType(error) }
    span.setAttributes(failure).setStatus({ code: SpanStatusCode.ERROR })
    throw error
  } finally {
    await pieces.return?.()
    chatDuration.record(seconds(), { ...measured, ...failure })
    span.end()
  }
}
