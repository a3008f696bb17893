import type { MedusaResponse, MedusaStoreRequest } from "@medusajs/framework/http"
import { openMessageStream } from "../../../assistant/message-stream"
import { readQuestion } from "../../../assistant/question"
import { countQuestion } from "../../../assistant/rate-limit/limit-questions"
import { respond } from "../../../assistant/respond"
import { retrieve } from "../../../assistant/retrieve"
import { assistantOf } from "../../../assistant/runtime"
import { shopperCurrency } from "../../../assistant/shopper-currency"
import { observeAnswer } from "../../../telemetry"
import { refuseForNow } from "./refuse-for-now"
import type { StoreAssistantBody } from "./validators"

/**
 * Answers a shopper's question from the shop's products, as AI SDK's UI message stream. What is wrong with
 * the request is answered as JSON before the stream begins.
 */
export async function POST(
  request: MedusaStoreRequest<StoreAssistantBody>,
  response: MedusaResponse
): Promise<void> {
  const assistant = assistantOf(request.scope)
  const { options } = assistant
  const question = readQuestion(request.validatedBody.messages, {
    maxMessages: options.max_messages,
    maxLength: options.max_question_length,
  })

  const wait = await countQuestion(request, request.scope, assistant)
  if (wait) {
    return refuseForNow(response, wait)
  }

  // The response's "close", not the request's: that one comes as soon as the body is read.
  const left = new AbortController()
  response.once("close", () => left.abort())

  await observeAnswer(async () => {
    const [currency, hits] = await Promise.all([
      shopperCurrency(request.scope, request.validatedBody),
      retrieve(request, { index: options.index, text: question.search, take: options.hits }),
    ])
    if (left.signal.aborted) {
      return { outcome: "left", hits: hits.length, citations: 0 }
    }
    const stream = openMessageStream(response)
    try {
      const input = { question, hits, currency, signal: left.signal }
      return await respond(input, assistant, stream.write)
    } finally {
      stream.end()
    }
  })
}
