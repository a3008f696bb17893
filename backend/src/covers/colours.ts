/** A colour as three channels, 0 to 255. */
const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))

/** A colour between two others: `share` 0 is the first, 1 the second. Hex colours of six digits. */
export function mix(from: string, to: string, share: number): string {
  const [left, right] = [channels(from), channels(to)]
  return `#${left
    .map((channel, i) => Math.round(channel + (right[i] - channel) * share))
    .map((channel) => channel.toString(16).padStart(2, "0"))
    .join("")}`
}

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
function luminance(hex: string): number {
  const [red, green, blue] = channels(hex)
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How far two colours stand apart by WCAG 2: 1 (the same) to 21 (black on white). */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}
