/** Redrawing more often only makes a terminal flicker. */
const REDRAW_MS = 100
/** Where lines can't be redrawn (CI logs), a running step reports this often. */
const HEARTBEAT_MS = 10_000
const COLUMNS_WITHOUT_TERMINAL = 100

/** Duration for people: "0.4 s", "42 s", "3 min 05 s". */
export function formatDuration(ms) {
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`
}

/** "1,234" */
export const formatCount = (number) => number.toLocaleString("en-US")

/** "12.3 MB" */
export const formatMegabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`

/**
 * Shows numbered steps: on a terminal as one line that is redrawn, elsewhere as plain lines with a
 * heartbeat.
 *
 * @param {{ total: number, stream?: NodeJS.WritableStream & { isTTY?: boolean, columns?: number }, ci?: boolean }} options
 */
export function createProgress({ total, stream = process.stdout, ci = Boolean(process.env.CI) }) {
  const redraws = Boolean(stream.isTTY) && !ci
  const width = String(total).length
  let number = 0

  /**
   * Runs one step and shows how it goes.
   *
   * @template T
   * @param {string} title
   * @param {(report: { detail(text: string): void, count(done: number, of: number, unit: string): void }) => Promise<T & { summary?: string } | string | void>} work
   *   What it returns as a string, or as `summary`, stands on the finished line.
   */
  async function step(title, work) {
    const label = `[${String(++number).padStart(width)}/${total}] ${title}`
    const started = Date.now()
    let detail = ""
    let lastDrawn = 0

    const draw = () => {
      const line = `${label} … ${[detail, formatDuration(Date.now() - started)].filter(Boolean).join(", ")}`
      stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? COLUMNS_WITHOUT_TERMINAL) - 1)}`)
      lastDrawn = Date.now()
    }
    const beat = () =>
      stream.write(`${label} … ${detail || "working"} (${formatDuration(Date.now() - started)})\n`)
    const timer = setInterval(redraws ? draw : beat, redraws ? 1000 : HEARTBEAT_MS)
    const report = {
      detail(text) {
        detail = text
        if (redraws && Date.now() - lastDrawn >= REDRAW_MS) draw()
      },
      count: (done, of, unit) =>
        report.detail(`${formatCount(done)} of ${formatCount(of)} ${unit}`),
    }
    const finish = (mark, text) => {
      clearInterval(timer)
      const outcome = [text, `(${formatDuration(Date.now() - started)})`].filter(Boolean).join(" ")
      stream.write(`${redraws ? "\r\x1b[2K" : ""}${label} ${mark} ${outcome}\n`)
    }

    if (redraws) draw()
    try {
      const result = await work(report)
      finish("✓", typeof result === "string" ? result : result?.summary)
      return result
    } catch (error) {
      finish("✗", "")
      throw error
    }
  }

  return { step }
}
