import type { IncomingMessage } from "node:http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { AnswerContext } from "../respond"
import { createQuestionLimiter, type QuestionLimiter } from "./question-limiter"
import { addressOf, type IsTrustedProxy, shopperKeys, trustedProxies } from "./shopper-keys"

/** What is read of a request; `auth_context` is there once a customer is logged in. */
type Asking = IncomingMessage & { auth_context?: { actor_id?: string } }

interface Limit {
  limiter: QuestionLimiter
  isTrusted: IsTrustedProxy
  secret: string
}

/** One of each assistant: what it holds in memory is shared by all requests. */
const limits = new WeakMap<AnswerContext, Limit>()

/**
 * Counts a question for the shopper who asks it.
 *
 * @returns undefined where it may be answered; else the seconds until the next one may
 */
export async function countQuestion(
  request: Asking,
  container: MedusaContainer,
  assistant: AnswerContext
): Promise<number | undefined> {
  const options = assistant.options.rate_limit
  if (!options) {
    return undefined
  }
  const limit = limits.get(assistant) ?? createLimit(container, assistant, options)
  limits.set(assistant, limit)
  const customer = request.auth_context?.actor_id
  const address = addressOf(request, limit.isTrusted)
  return await limit.limiter.count(shopperKeys({ customer, address }, limit.secret))
}

function createLimit(
  container: MedusaContainer,
  { warn }: AnswerContext,
  options: Exclude<AnswerContext["options"]["rate_limit"], false>
): Limit {
  const { projectConfig } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const pool = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  return {
    limiter: createQuestionLimiter(
      pool,
      {
        questions: options.questions,
        addressQuestions: options.address_questions,
        seconds: options.seconds,
      },
      warn
    ),
    isTrusted: trustedProxies(options.trusted_proxies),
    secret: String(projectConfig.http.jwtSecret ?? ""),
  }
}
