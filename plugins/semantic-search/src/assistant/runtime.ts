import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { observedChatModel } from "../telemetry"
import { createOllamaChatModel } from "./ollama-chat-model"
import { validatePluginOptions } from "./options"
import type { AnswerContext } from "./respond"
import { createSlots } from "./slots"

const PLUGIN = "medusa-plugin-semantic-search"

/** The same trouble is logged once in a while, not at each question. */
const REPEAT_WARNING_AFTER_MS = 60_000

/** One assistant an application: its slots and what it knows of the model are shared by all requests. */
const assistants = new WeakMap<object, AnswerContext>()

/**
 * The application's assistant, made from the plugin's options at the first question.
 *
 * @throws MedusaError `not_found` where the assistant is switched off
 */
export function assistantOf(container: MedusaContainer): AnswerContext {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const assistant =
    assistants.get(config) ?? createAssistant(container, pluginOptions(config.plugins))
  assistants.set(config, assistant)
  if (!assistant.options.enabled) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      "This shop has no assistant; its search is at /store/search"
    )
  }
  return assistant
}

function createAssistant(container: MedusaContainer, pluginOptions: unknown): AnswerContext {
  const options = validatePluginOptions(pluginOptions).assistant
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const model =
    options.ollama &&
    observedChatModel(
      createOllamaChatModel({ ...options.ollama, think: options.thinking !== "off" })
    )
  const warnedAt = new Map<string, number>()
  return {
    options,
    model,
    slots: createSlots(options.max_concurrent),
    warn(message) {
      if (Date.now() - (warnedAt.get(message) ?? 0) >= REPEAT_WARNING_AFTER_MS) {
        warnedAt.set(message, Date.now())
        logger.warn(`[semantic-search] ${message}`)
      }
    },
  }
}

/** Medusa hands a plugin's options to its modules only; a route finds them in the configuration. */
function pluginOptions(plugins: unknown): unknown {
  const entries = (plugins ?? []) as (string | { resolve: string; options?: unknown })[]
  const own = entries.find((entry) => typeof entry === "object" && entry.resolve === PLUGIN)
  return typeof own === "object" ? own.options : undefined
}
