import { FONTS } from "./fonts"
import { el, escapeXml } from "./svg"
import { CAP_HEIGHT, type FittedText, type TypeStyle } from "./text-fitting"

/** How author names and subtitles are set; titles have styles by genre. */
export const CAPITALS: TypeStyle = { font: "sans-bold", upper: true, tracking: 0.09, leading: 1.4 }
export const PLAIN: TypeStyle = { font: "sans", leading: 1.25 }
export const ITALIC: TypeStyle = { font: "serif", italic: true, leading: 1.25 }

/** Where a text stands: `x` is its start, middle or end, `top` the top of its first line's capitals. */
export interface Place {
  x: number
  top: number
  anchor?: "start" | "middle" | "end"
  fill: string
}

/** Draws a fitted text. */
export function setText(
  { lines, size, style }: FittedText,
  { x, top, anchor, fill }: Place
): string {
  const { families, weight } = FONTS[style.font]
  const first = top + size * CAP_HEIGHT
  return lines
    .map((line, i) =>
      el(
        "text",
        {
          x,
          y: first + i * size * style.leading,
          fill,
          "font-family": families,
          "font-size": size,
          "font-weight": weight === 400 ? undefined : weight,
          "font-style": style.italic ? "italic" : undefined,
          "letter-spacing": style.tracking ? size * style.tracking : undefined,
          "text-anchor": anchor === "start" ? undefined : anchor,
        },
        escapeXml(line)
      )
    )
    .join("")
}
