import type { Motif } from "../motifs"
import { PAGE } from "../page"
import type { Palette } from "../palettes"
import type { Random } from "../random"
import { inset, rect } from "../svg"
import { fitList, fitText, type FittedText, type TextSpace, type TypeStyle } from "../text-fitting"

/** All that a cover is made of. */
export interface Scene {
  title: string
  subtitle: string | null
  authors: string[]
  palette: Palette
  motif: Motif
  /** How the title is set. */
  type: TypeStyle
  random: Random
}

/** Arranges a cover on the page, as SVG markup. */
export type Layout = (scene: Scene) => string

/** The page's ground. */
export const ground = ({ palette }: Scene) => rect(0, 0, PAGE.width, PAGE.height, palette.ground)

/** The scene's picture in a rectangle of the page. */
export function picture(scene: Scene, x: number, y: number, width: number, height: number): string {
  const { motif, palette, random } = scene
  const { field, shapes } = palette
  const content = motif({ width, height, field, shapes, random })
  return inset(x, y, width, height, rect(0, 0, width, height, field) + content)
}

export const fitTitle = ({ title, type }: Scene, space: TextSpace): FittedText =>
  fitText(title, type, space)

/** The subtitle; without one, a text of no lines and no height. */
export const fitSubtitle = ({ subtitle }: Scene, style: TypeStyle, width: number): FittedText =>
  fitText(subtitle ?? "", style, { width, height: 44, maxSize: 17, maxLines: 2 })

/** The authors' names, as large as fits, each kept whole. */
export function fitAuthors({ authors }: Scene, style: TypeStyle, width: number): FittedText {
  const entries = authors.map((name, i) => {
    const last = authors.length - 1
    return i === last ? name : i === last - 1 ? `${name} &` : `${name},`
  })
  return fitList(entries, style, { width, height: 62, maxSize: 21, maxLines: 3 })
}
