type Attributes = Record<string, string | number | undefined>

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
}

/** Characters that XML 1.0 allows in no form, not even escaped; half a surrogate pair is one of them. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** Text as it may stand in an XML element or attribute. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[&<>"']/g, (character) => ENTITIES[character])
}

/** A tenth of a unit is a fifth of a pixel on a cover 800 px wide: finer only costs bytes. */
const round = (value: number) => Math.round(value * 10) / 10

const value = (given: string | number) =>
  typeof given === "number" ? String(round(given)) : escapeXml(given)

/** An element; `content` is markup, and attributes that are undefined are left out. */
export function el(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, given]) => given !== undefined)
    .map(([key, given]) => ` ${key}="${value(given!)}"`)
    .join("")
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`
}

export const rect = (x: number, y: number, width: number, height: number, fill: string) =>
  el("rect", { x, y, width, height, fill })

export const circle = (cx: number, cy: number, r: number, fill: string) =>
  el("circle", { cx, cy, r, fill })

/** A circle's outline. */
export const ring = (cx: number, cy: number, r: number, stroke: string, width: number) =>
  el("circle", { cx, cy, r, fill: "none", stroke, "stroke-width": width })

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  width: number
) => el("path", { d: d`M${x1} ${y1}L${x2} ${y2}`, stroke, "stroke-width": width })

/** A filled shape. */
export const path = (data: string, fill: string) => el("path", { d: data, fill })

/** An open line with round ends. */
export const stroke = (data: string, colour: string, width: number) =>
  el("path", {
    d: data,
    fill: "none",
    stroke: colour,
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  })

/** Path data with its numbers rounded. */
export function d(parts: TemplateStringsArray, ...numbers: number[]): string {
  return parts.reduce((text, part, i) => text + round(numbers[i - 1]) + part)
}

export interface Point {
  x: number
  y: number
}

/** Straight lines from point to point. */
export const polyline = (points: Point[]) =>
  points.map(({ x, y }, i) => (i ? d`L${x} ${y}` : d`M${x} ${y}`)).join("")

/** A smooth closed curve through all of the points (a Catmull-Rom spline). */
export function closedCurve(points: Point[]): string {
  const at = (i: number) => points[(i + points.length) % points.length]
  const segments = points.map((from, i) => {
    const [before, to, after] = [at(i - 1), at(i + 1), at(i + 2)]
    return d`C${from.x + (to.x - before.x) / 6} ${from.y + (to.y - before.y) / 6} ${to.x - (after.x - from.x) / 6} ${to.y - (after.y - from.y) / 6} ${to.x} ${to.y}`
  })
  return `${d`M${points[0].x} ${points[0].y}`}${segments.join("")}Z`
}

/** Draws into a rectangle of the page, with an origin of its own; what sticks out is cut off. */
export const inset = (x: number, y: number, width: number, height: number, content: string) =>
  el("svg", { x, y, width, height, viewBox: `0 0 ${round(width)} ${round(height)}` }, content)
