import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { trustedProxies } from "./rate-limit/shopper-keys"

/** The plugin's options, as they stand in `plugins` of medusa-config.ts. */
export interface PluginOptions {
  /** The shopping assistant, `POST /store/assistant`. */
  assistant?: AssistantOptions
}

/** The shopping assistant's options. Without a configured model it answers from retrieval alone. */
export interface AssistantOptions {
  /** Whether `POST /store/assistant` answers at all. @defaultValue true */
  enabled?: boolean
  /** Name of the search index that answers come from. @defaultValue "product" */
  index?: string
  /** The Ollama server that writes the answers. */
  ollama?: {
    /** Its address, such as "http://localhost:11434". Unset or empty: no model. */
    base_url?: string
    /** The model's name. Empty: no model. @defaultValue "deepseek-r1:1.5b" */
    model?: string
    /** How long Ollama keeps the model in memory after an answer: "30m", "-1" for ever. */
    keep_alive?: string
  }
  /** The longest question, in characters; a longer one gets a 400. @defaultValue 2000 */
  max_question_length?: number
  /** The most messages of one conversation; more get a 400. @defaultValue 30 */
  max_messages?: number
  /** The longest answer, in the model's tokens. What a model thinks doesn't count. @defaultValue 400 */
  max_output_tokens?: number
  /** How long an answer may take once its products are found, waiting included, in milliseconds. @defaultValue 120000 */
  timeout_ms?: number
  /**
   * How long the model may take to its first word, loading included, in milliseconds. Past it the
   * shopper gets the answer from retrieval. Unset, `timeout_ms` alone counts.
   */
  first_token_timeout_ms?: number
  /** How many products are shown. @defaultValue 5 */
  hits?: number
  /** How many of them the model reads; small models choose worse among more. @defaultValue 3 */
  prompt_hits?: number
  /**
   * The fields of the index whose values the model reads, besides price and stock; those that a
   * document lacks are left out.
   *
   * @defaultValue `["title", "subtitle", "authors", "brand", "categories", "tags", "description"]`
   */
  prompt_fields?: string[]
  /**
   * What becomes of a reasoning model's thoughts: "off" asks it not to think, "hidden" keeps them to
   * itself, "shown" sends them to the shopper as `reasoning` parts.
   *
   * @defaultValue "hidden"
   */
  thinking?: "off" | "hidden" | "shown"
  /**
   * How many answers one process lets the model write at a time. A shopper beyond gets the answer from
   * retrieval at once.
   *
   * @defaultValue 2
   */
  max_concurrent?: number
  /**
   * How many questions a shopper may ask, counted in Postgres for all processes together; `false`: as many
   * as they like. One too many gets a 429 with `Retry-After`.
   */
  rate_limit?: RateLimitOptions | false
}

/** How many questions a shopper may ask. */
export interface RateLimitOptions {
  /**
   * What a customer who is logged in, or an address of those who aren't, may ask in a window.
   *
   * @defaultValue 20
   */
  questions?: number
  /** The length of a window, which begins with the first question, in seconds. @defaultValue 300 */
  seconds?: number
  /**
   * What all shoppers of one address may ask in a window, customers included.
   *
   * @defaultValue five times `questions`
   */
  address_questions?: number
  /**
   * The addresses of the store's own proxies and storefronts, whose `X-Forwarded-For` tells where a shopper
   * is: addresses, ranges ("10.0.0.0/8") and the names "loopback", "linklocal" and "uniquelocal" (private
   * addresses). Whatever others write there counts for nothing.
   *
   * @defaultValue `["loopback", "linklocal", "uniquelocal"]`
   */
  trusted_proxies?: string[]
}

const DEFAULT_MODEL = "deepseek-r1:1.5b"
const DEFAULT_PROMPT_FIELDS = [
  "title",
  "subtitle",
  "authors",
  "brand",
  "categories",
  "tags",
  "description",
]
const DEFAULT_TIMEOUT_MS = 120_000
/** The most that a search may take, so also the most that can be shown. */
const MAX_HITS = 20

/** An unset environment variable arrives as "" or undefined. */
const emptyIsUnset = (value: unknown) =>
  typeof value === "string" && value.trim() === "" ? undefined : value

const count = (max = Number.MAX_SAFE_INTEGER) => z.number().int().min(1).max(max)

/** Shoppers behind one address, such as a library's, who are customers of their own. */
const CUSTOMERS_OF_AN_ADDRESS = 5

const rateLimit = z
  .object({
    questions: count().default(20),
    seconds: count().default(300),
    address_questions: count().optional(),
    trusted_proxies: z
      .array(z.string())
      .superRefine((proxies, context) => {
        try {
          trustedProxies(proxies)
        } catch (error) {
          context.addIssue({ code: "custom", message: (error as Error).message })
        }
      })
      .default(["loopback", "linklocal", "uniquelocal"]),
  })
  .strict()
  .transform(({ address_questions, ...rest }) => ({
    ...rest,
    address_questions: address_questions ?? rest.questions * CUSTOMERS_OF_AN_ADDRESS,
  }))

const ollama = z
  .object({
    base_url: z.preprocess(
      emptyIsUnset,
      z
        .url({
          protocol: /^https?$/,
          message: 'must be an address such as "http://localhost:11434"',
        })
        .optional()
    ),
    model: z.string().optional(),
    keep_alive: z.preprocess(
      emptyIsUnset,
      z
        .string()
        .regex(/^-?\d+(ms|s|m|h)?$/, 'must be a duration such as "30m", or "-1" for ever')
        .optional()
    ),
  })
  .strict()

const assistant = z
  .object({
    enabled: z.boolean().default(true),
    index: z.string().min(1).default("product"),
    ollama: ollama.default({}),
    max_question_length: count().default(2_000),
    max_messages: count().default(30),
    max_output_tokens: count().default(400),
    timeout_ms: count().default(DEFAULT_TIMEOUT_MS),
    first_token_timeout_ms: count().optional(),
    hits: count(MAX_HITS).default(5),
    prompt_hits: count(MAX_HITS).default(3),
    prompt_fields: z.array(z.string().min(1)).min(1).default(DEFAULT_PROMPT_FIELDS),
    thinking: z.enum(["off", "hidden", "shown"]).default("hidden"),
    max_concurrent: count().default(2),
    rate_limit: z.union([z.literal(false), rateLimit]).prefault({}),
  })
  .strict()

const schema = z
  // Medusa adds its own database settings to the options of every module.
  .object({ assistant: assistant.prefault({}), database: z.unknown() })
  .strict()

/** Where the model is. */
export interface OllamaTarget {
  baseUrl: string
  model: string
  keepAlive?: string
}

export type ResolvedAssistantOptions = Omit<z.output<typeof assistant>, "ollama"> & {
  /** Undefined: no model is configured. */
  ollama?: OllamaTarget
}

/**
 * Checks the plugin's options and fills in the defaults.
 *
 * @throws MedusaError `invalid_data` that names the first wrong option
 */
export function validatePluginOptions(options: unknown): { assistant: ResolvedAssistantOptions } {
  const parsed = schema.safeParse(options ?? {})
  if (!parsed.success) {
    const issue = innermost(parsed.error.issues[0])
    const unknown = issue.code === "unrecognized_keys" ? ` (${issue.keys.join(", ")})` : ""
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The option "${issue.path.join(".") || "options"}" of medusa-plugin-semantic-search is wrong: ${issue.message}${unknown}`
    )
  }
  const { ollama: target, ...rest } = parsed.data.assistant
  return { assistant: { ...rest, ollama: ollamaTarget(target) } }
}

/** Of a choice between `false` and an object: what is wrong with the object. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const [inner] = (issue.code === "invalid_union" && issue.errors.at(-1)) || []
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue
}

function ollamaTarget(options: z.output<typeof ollama>): OllamaTarget | undefined {
  const model = (options.model ?? DEFAULT_MODEL).trim()
  return options.base_url && model
    ? { baseUrl: options.base_url, model, keepAlive: options.keep_alive }
    : undefined
}
