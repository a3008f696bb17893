import { circle, d, el, path, polyline, rect, stroke } from "../svg"
import { type Motif, polar, times, TURN } from "./motif"

/** Squares within squares, each turned a little further. */
export const turning: Motif = ({ width, height, shapes, random }) => {
  const [cx, cy] = [width / 2, height / 2]
  const twist = random.pick([5, 7, 9]) * random.pick([-1, 1])
  const side = Math.min(width, height) * 0.78
  return times(10, (i) => {
    const size = side * 0.86 ** i
    return el("rect", {
      x: cx - size / 2,
      y: cy - size / 2,
      width: size,
      height: size,
      fill: i === 9 ? shapes[1] : "none",
      stroke: i === 9 ? undefined : shapes[0],
      "stroke-width": i === 9 ? undefined : 3,
      transform: `rotate(${twist * i} ${Math.round(cx)} ${Math.round(cy)})`,
    })
  }).join("")
}

/** A circle cut in two and shifted along the cut: one idea and its opposite. */
export const shifted: Motif = ({ width, height, shapes, random }) => {
  const [cx, cy] = [width / 2, height / 2]
  const radius = Math.min(width, height) * 0.33
  const shift = radius * random.between(0.25, 0.6) * random.pick([-1, 1])
  const half = (x: number, sweep: 0 | 1, fill: string) =>
    path(d`M${x - radius} ${cy}A${radius} ${radius} 0 0 ${sweep} ${x + radius} ${cy}Z`, fill)
  const angle = random.pick([0, 30, 60, 90, 120, 150])
  return el(
    "g",
    { transform: `rotate(${angle} ${Math.round(cx)} ${Math.round(cy)})` },
    half(cx - shift, 1, shapes[0]) + half(cx + shift, 0, shapes[1])
  )
}

/** A disc that balances on the edge of a wedge. */
export const balance: Motif = ({ width, height, shapes, random }) => {
  const side = random.pick([-1, 1])
  const base = height * 0.84
  const [low, high] = [base - height * 0.1, height * 0.5]
  const [left, right] = side === 1 ? [low, high] : [high, low]
  const [x1, x2] = [width * 0.08, width * 0.92]
  const share = random.between(0.42, 0.62)
  const radius = Math.min(width, height) * random.between(0.16, 0.23)
  const touch = { x: x1 + (x2 - x1) * share, y: left + (right - left) * share }
  const length = Math.hypot(x2 - x1, right - left)
  const up = { x: (right - left) / length, y: -(x2 - x1) / length }
  return (
    path(d`M${x1} ${left}L${x2} ${right}V${base}H${x1}Z`, shapes[0]) +
    circle(touch.x + up.x * radius, touch.y + up.y * radius, radius, shapes[1]) +
    stroke(d`M${x1} ${base + height * 0.06}H${x2}`, shapes[2], 3)
  )
}

/** Bars that rise towards one side, one of them marked. */
export const bars: Motif = ({ width, height, shapes, random }) => {
  const count = random.pick([5, 6, 8])
  const pitch = width / count
  const marked = random.integer(Math.floor(count / 2), count - 1)
  return times(count, (i) => {
    const tall = height * (0.16 + 0.7 * ((i + random.between(0, 0.8)) / count) ** 1.2)
    const fill = i === marked ? shapes[0] : i % 2 ? shapes[2] : shapes[1]
    return rect(i * pitch + pitch * 0.09, height - tall, pitch * 0.82, tall, fill)
  }).join("")
}

/** Steps in relief. */
export const steps: Motif = ({ width, height, shapes, random }) => {
  const count = random.pick([4, 5, 6])
  const [run, rise] = [width / count, (height * 0.8) / count]
  const stairs = times(count, (i) => {
    const [x, y] = [i * run, height - (i + 1) * rise]
    return (
      rect(x, y, run + 0.5, height - y, i % 2 ? shapes[1] : shapes[2]) +
      rect(x, y, run + 0.5, rise * 0.22, shapes[0])
    )
  })
  const ball = Math.min(run, rise) * 0.36
  const at = random.integer(1, count - 1)
  return (
    stairs.join("") + circle((at + 0.5) * run, height - (at + 1) * rise - ball, ball, shapes[0])
  )
}

/** Arrows that all fly one way, but for a few. */
export const arrows: Motif = ({ width, height, shapes, random }) => {
  const columns = random.pick([4, 5])
  const size = width / columns
  const rows = Math.ceil(height / size)
  const odd = random.integer(columns, rows * columns - columns)
  return times(rows * columns, (i) => {
    const [x, y] = [(i % columns) * size, Math.floor(i / columns) * size]
    const [left, middle, right] = [x + size * 0.16, x + size / 2, x + size * 0.84]
    const up = i !== odd
    const [tip, tail] = up ? [y + size * 0.2, y + size * 0.8] : [y + size * 0.8, y + size * 0.2]
    const fill = up ? shapes[(i % columns) % 2 ? 1 : 2] : shapes[0]
    return path(d`M${left} ${tail}L${middle} ${tip}L${right} ${tail}Z`, fill)
  }).join("")
}

/** Glass with a hole in it, cracked from edge to edge. */
export const shards: Motif = ({ width, height, field, shapes, random }) => {
  const [cx, cy] = [width * random.between(0.35, 0.65), height * random.between(0.35, 0.65)]
  const reach = Math.hypot(width, height)
  const count = random.integer(11, 15)
  const angles = times(count, (i) => (TURN * (i + random.between(-0.3, 0.3))) / count)
  return (
    angles
      .map((angle, i) => {
        const next = angles[(i + 1) % count] + (i === count - 1 ? TURN : 0)
        const inner = reach * random.between(0.05, 0.09)
        const corners = [
          polar(cx, cy, inner, angle + 0.04),
          polar(cx, cy, reach, angle + 0.02),
          polar(cx, cy, reach, next - 0.02),
          polar(cx, cy, inner * random.between(0.8, 1.3), next - 0.04),
        ]
        return path(
          `${polyline(corners)}Z`,
          i % 3 === 0 ? shapes[2] : i % 3 === 1 ? shapes[1] : field
        )
      })
      .join("") + circle(cx, cy, reach * 0.035, shapes[0])
  )
}

/** Panels of a page, each with one thing going on in it. */
export const panels: Motif = ({ width, height, shapes, random }) => {
  const gap = width * 0.03
  const rows = Math.max(2, Math.round(height / (width * 0.55)))
  const tall = (height - gap * (rows + 1)) / rows
  return times(rows, (row) => {
    const split = random.pick([0.36, 0.5, 0.64, 1])
    const wide = width - gap * 2
    const y = gap + row * (tall + gap)
    const frames =
      split === 1
        ? [[gap, wide]]
        : [
            [gap, wide * split - gap / 2],
            [gap + wide * split + gap / 2, wide * (1 - split) - gap / 2],
          ]
    return frames
      .map(([x, w], i) => panel(x, y, w, tall, shapes, random.integer(0, 3), (row + i) % 3))
      .join("")
  }).join("")
}

function panel(
  x: number,
  y: number,
  w: number,
  h: number,
  shapes: readonly string[],
  kind: number,
  first: number
): string {
  const [back, front, extra] = [0, 1, 2].map((i) => shapes[(first + i) % 3])
  const [cx, cy, reach] = [w / 2, h / 2, Math.min(w, h)]
  const content = [
    () =>
      circle(cx, cy, reach * 0.3, front) +
      circle(cx + reach * 0.12, cy - reach * 0.1, reach * 0.12, extra),
    () =>
      path(
        d`M0 ${h}L${w * 0.4} ${h * 0.3}L${w * 0.62} ${h * 0.62}L${w * 0.78} ${h * 0.42}L${w} ${h}Z`,
        front
      ),
    () =>
      path(
        times(10, (i) => {
          const [from, to] = [
            polar(cx, cy, w + h, (TURN * i) / 10),
            polar(cx, cy, w + h, (TURN * (i + 0.5)) / 10),
          ]
          return d`M${cx} ${cy}L${from.x} ${from.y}L${to.x} ${to.y}Z`
        }).join(""),
        front
      ),
    () =>
      path(
        d`M${cx - reach * 0.34} ${cy - reach * 0.28}h${reach * 0.68}v${reach * 0.42}h${-reach * 0.4}l${-reach * 0.14} ${reach * 0.2}v${-reach * 0.2}h${-reach * 0.14}z`,
        front
      ),
  ][kind]()
  return el("svg", { x, y, width: w, height: h }, rect(0, 0, w, h, back) + content)
}
