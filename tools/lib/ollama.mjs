const DEFAULT_URL = "http://127.0.0.1:11434"
const DEFAULT_MODEL = "deepseek-r1:1.5b"
/** A local server answers at once; where none runs, the demo shouldn't wait for it. */
const PROBE_MS = 1_500

/** Ollama calls a model without a tag by the tag "latest". */
const withTag = (name) => (name.includes(":") ? name : `${name}:latest`)

/**
 * Looks for the language model that the assistant would use.
 *
 * @param {NodeJS.ProcessEnv} [env] OLLAMA_BASE_URL and OLLAMA_MODEL override the defaults.
 * @returns {Promise<{ url: string, model: string | null, wanted: string, summary: string }>}
 *   `model` is null where the assistant has to answer from retrieval alone; `summary` says why and
 *   what to do about it.
 */
export async function findLanguageModel(env = process.env) {
  const url = (env.OLLAMA_BASE_URL || DEFAULT_URL).replace(/\/$/, "")
  const wanted = env.OLLAMA_MODEL || DEFAULT_MODEL
  const found = { url, wanted, model: null }
  try {
    const response = await fetch(`${url}/api/tags`, { signal: AbortSignal.timeout(PROBE_MS) })
    const { models } = await response.json()
    if (models.some(({ name }) => withTag(name) === withTag(wanted))) {
      return { ...found, model: wanted, summary: `${wanted} at ${url}` }
    }
    const remedy = `run \`ollama pull ${wanted}\` for a written answer`
    return {
      ...found,
      summary: `Ollama lacks ${wanted}: the assistant answers from retrieval alone; ${remedy}`,
    }
  } catch {
    const remedy = `start Ollama and run \`ollama pull ${wanted}\` for a written answer`
    return {
      ...found,
      summary: `no Ollama at ${url}: the assistant answers from retrieval alone; ${remedy}`,
    }
  }
}
