import type { ChatAvailability } from "./chat-model"
import type { OllamaTarget } from "./options"

/** What is known of the model. */
export interface OllamaState {
  availability: ChatAvailability
  /** Whether the model thinks before it answers. */
  thinks: boolean
}

/** A shopper waits for this before the answer begins; a healthy server needs a few milliseconds. */
const PROBE_TIMEOUT_MS = 2_000

/** A pulled model or a restarted server is noticed after so long. */
const CACHE_MS = 5_000

/** Asks Ollama whether it has the model, at most once in a few seconds. */
export function createOllamaProbe({ baseUrl, model }: OllamaTarget): () => Promise<OllamaState> {
  let state: Promise<OllamaState> | undefined
  let staleAt = 0
  return () => {
    if (!state || Date.now() >= staleAt) {
      staleAt = Date.now() + CACHE_MS
      state = probe(baseUrl.replace(/\/+$/, ""), model)
    }
    return state
  }
}

async function probe(baseUrl: string, model: string): Promise<OllamaState> {
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
  try {
    const { models = [] } = await ask<{ models?: { name: string }[] }>(`${baseUrl}/api/tags`, {
      signal,
    })
    // Ollama calls a model that was pulled without a tag "name:latest".
    if (!models.some(({ name }) => name === model || name === `${model}:latest`)) {
      const message = `Ollama at ${baseUrl} lacks the model "${model}". Run "ollama pull ${model}".`
      return { availability: { available: false, reason: "model_missing", message }, thinks: false }
    }
  } catch (error) {
    const message = `Ollama doesn't answer at ${baseUrl} (${reasonOf(error)}). Start it, or correct assistant.ollama.base_url.`
    return { availability: { available: false, reason: "no_model", message }, thinks: false }
  }
  return { availability: { available: true }, thinks: await thinks(baseUrl, model, signal) }
}

/** Older servers name no capabilities; there the template tells, if anything does. */
async function thinks(baseUrl: string, model: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { capabilities, template } = await ask<{ capabilities?: string[]; template?: string }>(
      `${baseUrl}/api/show`,
      { signal, method: "POST", body: JSON.stringify({ model }) }
    )
    return !!capabilities?.includes("thinking") || !!template?.includes("<think>")
  } catch {
    return false
  }
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`)
  }
  return (await response.json()) as T
}

/** `fetch` says "fetch failed" and keeps why to its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? message
}
