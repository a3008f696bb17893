import { circle, d, el, path, rect } from "../svg"
import { type Motif, squares, times } from "./motif"

/** Rows of scales, each of rings, like the waves of old Japanese prints. */
export const scales: Motif = ({ width, height, field, shapes, random }) => {
  const radius = width / random.pick([5, 6, 8])
  const [a, b, c] = shapes
  const scale = (x: number, y: number) =>
    [a, field, b, field, c].map((fill, i) => circle(x, y, radius * (1 - i * 0.2), fill)).join("")
  const rows = Math.ceil((height + radius) / (radius / 2))
  return times(rows, (row) =>
    times(width / (2 * radius) + 1, (i) =>
      scale(2 * radius * i + (row % 2 ? radius : 0), (row * radius) / 2)
    ).join("")
  ).join("")
}

/** Leaves in every square of a grid, which meet in fours as flowers. */
export const leaves: Motif = (picture) => {
  const { shapes, random } = picture
  const centred = random.chance(0.6)
  return squares(picture, random.pick([4, 6]))
    .map(({ x, y, size, column, row }) => {
      const rising = centred ? (column + row) % 2 === 0 : random.chance(0.5)
      const [x1, x2] = rising ? [x, x + size] : [x + size, x]
      const leaf = d`M${x1} ${y + size}A${size} ${size} 0 0 ${rising ? 1 : 0} ${x2} ${y}A${size} ${size} 0 0 ${rising ? 1 : 0} ${x1} ${y + size}Z`
      const colour = centred
        ? shapes[(Math.floor(column / 2) + Math.floor(row / 2)) % 2]
        : random.pick(shapes)
      return path(leaf, colour)
    })
    .join("")
}

/** Quarter circles, half circles and triangles, a few of them to the row. */
export const blocks: Motif = (picture) => {
  const { shapes, random } = picture
  return squares(picture, random.pick([3, 4]))
    .map(({ x, y, size }) => {
      const [back, front] = [random.pick(shapes), random.pick(shapes)]
      const ground =
        random.chance(0.45) && back !== front ? rect(x, y, size + 0.3, size + 0.3, back) : ""
      const half = size / 2
      const shape = random.pick([
        () => path(d`M${x} ${y}h${size}A${size} ${size} 0 0 1 ${x} ${y + size}Z`, front),
        () => path(d`M${x} ${y + size}V${y}A${size} ${size} 0 0 1 ${x + size} ${y + size}Z`, front),
        () => path(d`M${x} ${y + half}A${half} ${half} 0 0 1 ${x + size} ${y + half}Z`, front),
        () => path(d`M${x + size} ${y + size}V${y}A${size} ${size} 0 0 0 ${x} ${y + size}Z`, front),
        () => path(d`M${x} ${y + size}L${x + size} ${y}V${y + size}Z`, front),
        () => circle(x + half, y + half, half * 0.62, front),
      ])
      return ground + shape()
    })
    .join("")
}

/** A grid of squares, the same on the left and on the right, as small machines draw faces. */
export const pixels: Motif = (picture) => {
  const { width, height, shapes, random } = picture
  const columns = random.pick([9, 11])
  const size = width / columns
  const rows = Math.floor(height / size)
  const top = (height - rows * size) / 2
  const gap = size * 0.08
  const half = Math.ceil(columns / 2)
  const lit = times(rows * half, () =>
    random.chance(0.48) ? random.pick([shapes[0], shapes[0], shapes[1], shapes[2]]) : null
  )
  return times(rows * columns, (i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const colour = lit[row * half + Math.min(column, columns - 1 - column)]
    return colour
      ? rect(column * size + gap, top + row * size + gap, size - 2 * gap, size - 2 * gap, colour)
      : ""
  }).join("")
}

/** Woven stripes like those of a tablecloth. */
export const gingham: Motif = ({ width, height, shapes, random }) => {
  const size = width / random.pick([6, 8, 10])
  const stripe = (x: number, y: number, w: number, h: number) =>
    el("rect", { x, y, width: w, height: h, fill: shapes[0], opacity: 0.55 })
  const bands =
    times(width / size / 2, (i) => stripe(2 * i * size, 0, size, height)).join("") +
    times(height / size / 2, (i) => stripe(0, 2 * i * size, width, size)).join("")
  const plate = Math.min(width, height) * 0.36
  const [cx, cy] = [width / 2, height / 2]
  return (
    bands +
    circle(cx, cy, plate, shapes[1]) +
    circle(cx, cy, plate * 0.72, shapes[2]) +
    circle(cx, cy, plate * 0.64, shapes[1]) +
    circle(cx, cy, plate * 0.3, shapes[0])
  )
}
