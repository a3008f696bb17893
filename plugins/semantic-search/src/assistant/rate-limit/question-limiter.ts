import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import type { ShopperKeys } from "./shopper-keys"
import { type ConnectionPool, statementClient } from "./statement-client"

const TABLE = "semantic_search_question_count"

const MS_PER_SECOND = 1_000

export interface QuestionLimits {
  /** What a shopper may ask in a window. */
  questions: number
  /** What all shoppers of one address may ask in a window. */
  addressQuestions: number
  /** The length of a window, which begins with the first question. */
  seconds: number
}

export interface QuestionLimiter {
  /**
   * Counts a question.
   *
   * @returns undefined where it may be answered; else the seconds until the next one may, at least 1
   */
  count(keys: ShopperKeys): Promise<number | undefined>
}

/**
 * Counts questions in Postgres, for all processes of the shop together. Where the table can't be reached
 * each process counts for itself: an outage of the count is no reason to leave a shopper without an answer.
 *
 * @param warn tells the operator that the table can't be reached
 */
export function createQuestionLimiter(
  pool: ConnectionPool,
  { questions, addressQuestions, seconds }: QuestionLimits,
  warn: (message: string) => void
): QuestionLimiter {
  const client = statementClient(pool)
  const consumerOf = (name: keyof ShopperKeys, points: number) => {
    const limits = { keyPrefix: name, points, duration: seconds }
    const shared = new RateLimiterPostgres({
      ...limits,
      storeClient: client,
      storeType: "client",
      tableName: TABLE,
      tableCreated: true,
      // Who goes on asking past the limit costs no further write until the window ends.
      inMemoryBlockOnConsumed: points + 1,
    })
    const own = new RateLimiterMemory(limits)
    return async (key: string) => {
      try {
        await shared.consume(key)
      } catch (error) {
        if (error instanceof RateLimiterRes) {
          throw error
        }
        warn(
          `The assistant's questions can't be counted in ${TABLE}, so each process counts its own: ${(error as Error).message}`
        )
        await own.consume(key)
      }
    }
  }
  const consumeOfShopper = consumerOf("shopper", questions)
  const consumeOfAddress = consumerOf("address", addressQuestions)
  return {
    async count({ shopper, address }) {
      try {
        // One after the other: a shopper past the limit uses up nothing of those at the same address.
        await consumeOfShopper(shopper)
        await consumeOfAddress(address)
        return undefined
      } catch (refused) {
        if (refused instanceof RateLimiterRes) {
          return Math.max(1, Math.ceil(refused.msBeforeNext / MS_PER_SECOND))
        }
        throw refused
      }
    },
  }
}
