/**
 * How long a server asks to be left alone, in milliseconds, from its `Retry-After` header: a number of
 * seconds, or a date (RFC 9110, 10.2.3). Undefined where it says nothing that can be read.
 */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  const value = header?.trim()
  if (!value) {
    return undefined
  }
  if (/^\d+(\.\d+)?$/.test(value)) {
    return Math.ceil(Number(value) * 1_000)
  }
  // A date begins with its weekday; JavaScript would read "-5" as one, too.
  const date = /^[a-z]/i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
