import type { Palette } from "../palettes"
import type { Random } from "../random"

/** What a motif is drawn into: a rectangle with its origin at the top left, painted in `field`. */
export interface Picture extends Pick<Palette, "field" | "shapes"> {
  width: number
  height: number
  random: Random
}

/** Draws a picture's shapes, as SVG markup; what sticks out of the rectangle is cut off. */
export type Motif = (picture: Picture) => string

export interface Cell {
  x: number
  y: number
  size: number
  column: number
  row: number
}

/** Covers a picture with squares, so many in a row; the last row may stick out below. */
export function squares({ width, height }: Picture, columns: number): Cell[] {
  const size = width / columns
  const rows = Math.ceil(height / size)
  return Array.from({ length: rows * columns }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    return { x: column * size, y: row * size, size, column, row }
  })
}

/** The whole numbers from 0 up to, but not including, `count`. */
export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.ceil(count)) }, (_, i) => make(i))

/** The point at a distance and an angle in radians from another. */
export const polar = (cx: number, cy: number, radius: number, angle: number) => ({
  x: cx + radius * Math.cos(angle),
  y: cy + radius * Math.sin(angle),
})

export const TURN = 2 * Math.PI
