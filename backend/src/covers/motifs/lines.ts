import { circle, closedCurve, d, path, polyline, stroke } from "../svg"
import { type Motif, polar, times, TURN } from "./motif"

/** Measurements drawn one below another, each hiding what is behind it. */
export const ridgelines: Motif = ({ width, height, field, shapes, random }) => {
  const count = Math.round(height / 17)
  const peaks = times(4, () => ({
    at: random.between(0.3, 0.7),
    spread: random.between(0.03, 0.1),
  }))
  return times(count, (i) => {
    const base = ((i + 2.2) * height) / (count + 2.5)
    const points = times(41, (step) => {
      const x = step / 40
      const rise = peaks.reduce(
        (sum, { at, spread }) =>
          sum + random.between(0.2, 1) * Math.exp(-(((x - at) / spread) ** 2)),
        0
      )
      return {
        x: width * (0.06 + 0.88 * x),
        y: base - rise * height * 0.055 - random.between(0, 1.5),
      }
    })
    const curve = polyline(points)
    return (
      path(curve, field) + stroke(curve, i === Math.floor(count / 2) ? shapes[0] : shapes[1], 2.4)
    )
  }).join("")
}

/** The path of a point that swings in two directions at once. */
export const pendulum: Motif = ({ width, height, shapes, random }) => {
  const [a, b] = random.pick([
    [3, 2],
    [3, 4],
    [5, 4],
    [5, 6],
  ])
  const phase = random.between(0.4, 1.2)
  const figure = (scale: number, offset: number) =>
    polyline(
      times(181, (i) => {
        const t = (TURN * i) / 180
        return {
          x: width / 2 + width * 0.4 * scale * Math.sin(a * t + phase + offset),
          y: height / 2 + height * 0.4 * scale * Math.sin(b * t),
        }
      })
    )
  return [
    stroke(figure(1, 0), shapes[1], 3),
    stroke(figure(1, 0.16), shapes[0], 3),
    stroke(figure(1, 0.32), shapes[2], 3),
  ].join("")
}

/** Lines of equal height, as a map of mountains has them. */
export const contours: Motif = ({ width, height, shapes, random }) => {
  const summits = [
    { x: width * random.between(0.2, 0.45), y: height * random.between(0.2, 0.45) },
    { x: width * random.between(0.6, 0.85), y: height * random.between(0.6, 0.85) },
  ]
  const wobbles = times(9, () => random.between(0.75, 1.25))
  const hill = ({ x, y }: { x: number; y: number }, turn: number, colour: string) =>
    times(12, (ring) => {
      const radius = (ring + 0.8) * width * 0.048
      const outline = wobbles.map((wobble, i) =>
        polar(
          x,
          y,
          radius * (1 + (wobble - 1) * Math.min(1, ring / 5)),
          TURN * (i / wobbles.length) + turn
        )
      )
      return stroke(closedCurve(outline), colour, ring % 4 === 0 ? 3.4 : 1.8)
    }).join("")
  return (
    hill(summits[0], 0, shapes[1]) +
    hill(summits[1], 1.3, shapes[0]) +
    summits.map(({ x, y }) => circle(x, y, 6, shapes[2])).join("")
  )
}

/** Long waves side by side, like a field in the wind. */
export const waves: Motif = ({ width, height, shapes, random }) => {
  const count = Math.round(height / 20)
  const swing = random.between(8, 20)
  const turns = random.pick([1, 1.5, 2])
  const lit = random.integer(2, count - 3)
  return times(count, (i) => {
    const y = ((i + 0.5) * height) / count
    const amplitude = swing * Math.sin((Math.PI * (i + 0.5)) / count)
    const points = times(33, (step) => ({
      x: (width * step) / 32,
      y: y + amplitude * Math.sin(TURN * turns * (step / 32) + i * 0.35),
    }))
    return stroke(polyline(points), i === lit ? shapes[1] : shapes[0], i === lit ? 6 : 2.2)
  }).join("")
}

/** One stem with its leaves. */
export const sprig: Motif = ({ width, height, shapes, random }) => {
  const lean = random.pick([-1, 1]) * width * random.between(0.06, 0.14)
  const pairs = Math.round(height / 48)
  const stemAt = (t: number) => ({
    x: width / 2 + lean * Math.sin(Math.PI * t),
    y: height * (0.95 - 0.84 * t),
  })
  const leaf = (t: number, side: 1 | -1) => {
    const from = stemAt(t)
    const length = Math.min(width * 0.3, height * 0.25) * (1 - 0.55 * t)
    const tip = polar(from.x, from.y, length, side === 1 ? -0.55 : Math.PI + 0.55)
    const bend = length * 0.85
    return path(
      d`M${from.x} ${from.y}A${bend} ${bend} 0 0 1 ${tip.x} ${tip.y}A${bend} ${bend} 0 0 1 ${from.x} ${from.y}Z`,
      random.chance(0.2) ? shapes[1] : shapes[0]
    )
  }
  const stem = stroke(polyline(times(25, (i) => stemAt(i / 24))), shapes[2], 3)
  const blades = times(
    pairs,
    (i) => leaf((i + 0.9) / (pairs + 0.9), 1) + leaf((i + 0.45) / (pairs + 0.9), -1)
  )
  const top = stemAt(1)
  return stem + blades.join("") + circle(top.x, top.y, width * 0.035, shapes[1])
}

/** Conductors that run down a board, turn at half right angles and end in a pad. */
export const traces: Motif = ({ width, height, field, shapes, random }) => {
  const lanes = random.pick([9, 11, 13])
  const pitch = width / lanes
  // All lanes turn at the same depths, so that none crosses another.
  const bends = [random.between(0.18, 0.32), random.between(0.5, 0.66)].map(
    (share) => share * height
  )
  return times(lanes, (lane) => {
    const side = lane % 4 < 2 ? 1 : -1
    const start = lane % 3 === 1 ? bends[0] * random.between(0.3, 0.7) : -pitch
    const end =
      lane % 2 ? height + pitch : bends[1] + pitch + (height - bends[1]) * random.between(0.1, 0.6)
    const x = (lane + 0.5) * pitch
    const aside = x + side * pitch * 0.45
    const track = [
      { x, y: start },
      { x, y: bends[0] },
      { x: aside, y: bends[0] + pitch * 0.45 },
      { x: aside, y: bends[1] },
      { x, y: bends[1] + pitch * 0.45 },
      { x, y: end },
    ]
    const colour = lane % 5 === 2 ? shapes[1] : lane % 5 === 4 ? shapes[2] : shapes[0]
    const pad = (y: number) =>
      circle(x, y, pitch * 0.34, colour) + circle(x, y, pitch * 0.14, field)
    return stroke(polyline(track), colour, pitch * 0.2) + pad(start) + pad(end)
  }).join("")
}

/** Slats of a blind, and a lamp behind them. */
export const blinds: Motif = ({ width, height, field, shapes, random }) => {
  const count = Math.round(height / 26)
  const pitch = height / count
  const [cx, cy] = [width * random.between(0.32, 0.68), height * random.between(0.32, 0.6)]
  const slats = times(count, (i) => {
    const y = i * pitch
    const open = 0.3 + 0.3 * Math.abs(Math.sin(i * 0.5 + cx))
    return path(
      d`M0 ${y}L${width} ${y - 6}V${y - 6 + pitch * open}L0 ${y + pitch * open}Z`,
      i % 5 === 3 ? shapes[2] : field
    )
  })
  return (
    circle(cx, cy, Math.min(width, height) * 0.34, shapes[0]) +
    slats.join("") +
    times(count, (i) =>
      stroke(d`M0 ${(i + 0.98) * pitch}L${width} ${(i + 0.98) * pitch - 6}`, shapes[2], 1.4)
    ).join("")
  )
}
