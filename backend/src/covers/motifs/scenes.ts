import { mix } from "../colours"
import { circle, closedCurve, d, el, path, polyline, rect, ring, stroke } from "../svg"
import { type Motif, polar, squares, times, TURN } from "./motif"

/** Mountain ranges that fade with distance, under a moon. */
export const mountains: Motif = ({ width, height, field, shapes, random }) => {
  const moon = Math.min(width, height) * random.between(0.1, 0.17)
  const layers = 4
  const ranges = times(layers, (i) => {
    const base = height * (0.42 + 0.15 * i)
    const steps = 5 + i
    const ridge = times(steps + 1, (step) => ({
      x: (width * step) / steps,
      y: base + (step % 2 ? -1 : 1) * height * random.between(0.03, 0.12),
    }))
    const colour = mix(mix(field, shapes[1], 0.35), shapes[2], (i + 0.6) / layers)
    return path(`${polyline(ridge)}${d`V${height}H0Z`}`, colour)
  })
  return (
    circle(width * random.between(0.25, 0.75), height * random.between(0.2, 0.3), moon, shapes[0]) +
    ranges.join("")
  )
}

/** A stronghold on a hill, before the disc of the sun. */
export const castle: Motif = ({ width, height, shapes, random }) => {
  const [cx, ground] = [width / 2, height * 0.78]
  const unit = Math.min(width / 11, height / 13)
  const tower = (x: number, breadth: number, tall: number) => {
    const [left, top] = [x - (breadth * unit) / 2, ground - tall * unit]
    const roof = path(
      d`M${left - unit * 0.3} ${top}L${x} ${top - unit * (1.5 + breadth * 0.4)}L${left + breadth * unit + unit * 0.3} ${top}Z`,
      shapes[1]
    )
    const window = rect(x - unit * 0.14, top + unit * 0.6, unit * 0.28, unit * 0.7, shapes[0])
    return rect(left, top, breadth * unit, tall * unit + unit, shapes[2]) + roof + window
  }
  return (
    circle(cx, ground - unit * 3.6, unit * 5, shapes[0]) +
    [
      [-3.2, 1.1, random.between(2, 4)],
      [3.1, 1.2, random.between(2, 4.5)],
      [-1.5, 1.5, random.between(3.6, 6)],
      [1.5, 1.4, random.between(3.4, 5.4)],
      [0, 1.9, random.between(4.6, 7)],
    ]
      .map(([x, breadth, tall]) => tower(cx + x * unit, breadth, tall))
      .join("") +
    path(
      d`M0 ${height}V${ground + unit}Q${cx} ${ground - unit * 1.2} ${width} ${ground + unit}V${height}Z`,
      shapes[2]
    )
  )
}

/** A sun above the lines of the sea. */
export const seaside: Motif = ({ width, height, field, shapes, random }) => {
  const horizon = height * random.between(0.48, 0.62)
  const radius = Math.min(width, height) * random.between(0.22, 0.32)
  const cx = width * random.between(0.35, 0.65)
  const depth = height - horizon
  const sea = times(7, (i) => {
    const y = horizon + depth * (i / 7) ** 1.3
    return rect(0, y, width, depth * 0.035 * (i + 1), shapes[i % 2 ? 1 : 2])
  })
  return (
    circle(cx, horizon - radius * random.between(0.05, 0.6), radius, shapes[0]) +
    rect(0, horizon, width, depth, mix(field, shapes[2], 0.45)) +
    sea.join("")
  )
}

/** Hills one behind another, with a sun whose rays turn. */
export const hills: Motif = ({ width, height, shapes, random }) => {
  const [cx, cy] = [width * random.pick([0.28, 0.5, 0.72]), height * 0.34]
  const radius = Math.min(width, height) * 0.16
  const rays = times(12, (i) => {
    const [from, to] = [1.25, i % 2 ? 1.6 : 1.9].map((reach) =>
      polar(cx, cy, radius * reach, (TURN * i) / 12)
    )
    return stroke(d`M${from.x} ${from.y}L${to.x} ${to.y}`, shapes[1], radius * 0.18)
  })
  const hill = (top: number, peak: number, fill: string) =>
    path(
      d`M0 ${height}V${height * top}Q${width * peak} ${height * (top - 0.28)} ${width} ${height * top}V${height}Z`,
      fill
    )
  return (
    rays.join("") +
    circle(cx, cy, radius, shapes[1]) +
    hill(0.8, random.between(0.1, 0.4), shapes[0]) +
    hill(0.9, random.between(0.6, 0.9), shapes[2])
  )
}

/** Things to play with, strewn about. */
export const toys: Motif = (picture) => {
  const { shapes, random } = picture
  return squares(picture, 3)
    .map(({ x, y, size }) => {
      const [cx, cy] = [
        x + size / 2 + random.between(-0.08, 0.08) * size,
        y + size / 2 + random.between(-0.08, 0.08) * size,
      ]
      const reach = size * random.between(0.26, 0.36)
      const fill = random.pick(shapes)
      const turn = `rotate(${random.integer(0, 359)} ${Math.round(cx)} ${Math.round(cy)})`
      const corners = (count: number, inner: number) =>
        polyline(
          times(count, (i) => polar(cx, cy, reach * (i % 2 ? inner : 1), (TURN * i) / count))
        ) + "Z"
      const shape = random.pick([
        () => circle(cx, cy, reach * 0.9, fill),
        () => path(corners(3, 1), fill),
        () => path(corners(10, 0.45), fill),
        () => ring(cx, cy, reach * 0.68, fill, reach * 0.42),
        () => path(d`M${cx - reach} ${cy}A${reach} ${reach} 0 0 1 ${cx + reach} ${cy}Z`, fill),
        () =>
          stroke(
            d`M${cx - reach} ${cy}q${reach / 2} ${-reach} ${reach} 0t${reach} 0`,
            fill,
            reach * 0.3
          ),
      ])
      return el("g", { transform: turn }, shape())
    })
    .join("")
}

/** A row of houses with lit windows, under a moon. */
export const town: Motif = ({ width, height, shapes, random }) => {
  const count = random.pick([3, 4, 5])
  const breadth = width / count
  const houses = times(count, (i) => {
    const [x, wall] = [i * breadth, height * random.between(0.3, 0.52)]
    const [fill, roof, window] = [0, 1, 2].map((shift) => shapes[(i + shift) % 3])
    const top = height - wall
    const pane = breadth * 0.17
    const panes = times(Math.floor(wall / (pane * 2.1)), (row) =>
      [0.24, 0.6]
        .map((share) =>
          rect(x + breadth * share, top + pane * (0.7 + row * 2.1), pane, pane * 1.25, window)
        )
        .join("")
    )
    const pitch = random.pick([
      () =>
        path(
          d`M${x} ${top}L${x + breadth / 2} ${top - breadth * 0.5}L${x + breadth} ${top}Z`,
          roof
        ),
      () => path(d`M${x} ${top}A${breadth / 2} ${breadth / 2} 0 0 1 ${x + breadth} ${top}Z`, roof),
      () => path(d`M${x} ${top}v${-breadth * 0.42}L${x + breadth} ${top}Z`, roof),
    ])
    return rect(x, top, breadth + 0.5, wall, fill) + pitch() + panes.join("")
  })
  return (
    circle(
      width * random.between(0.2, 0.8),
      height * 0.2,
      Math.min(width, height) * 0.1,
      random.pick(shapes)
    ) + houses.join("")
  )
}

/** A shoal of fish, one of which swims the other way. */
export const shoal: Motif = (picture) => {
  const { shapes, field, random } = picture
  const pool = squares(picture, random.pick([2, 3]))
  const contrary = random.integer(0, pool.length - 1)
  return pool
    .map(({ x, y, size, row }, i) => {
      const side = i === contrary ? -1 : 1
      const [cx, cy, length] = [x + size / 2, y + size / 2, size * 0.32]
      const at = (dx: number) => cx + side * dx * length
      const fill = i === contrary ? shapes[0] : shapes[1 + ((i + row) % 2)]
      const body = d`M${at(-0.7)} ${cy}Q${at(0.2)} ${cy - length * 1.15} ${at(1.25)} ${cy}Q${at(0.2)} ${cy + length * 1.15} ${at(-0.7)} ${cy}Z`
      const tail = d`M${at(-0.5)} ${cy}L${at(-1.25)} ${cy - length * 0.55}V${cy + length * 0.55}Z`
      return path(body + tail, fill) + circle(at(0.7), cy - length * 0.1, length * 0.12, field)
    })
    .join("")
}

/** Rows of arches, arch within arch. */
export const arcade: Motif = (picture) => {
  const { field, shapes, random } = picture
  const columns = random.pick([2, 3, 4])
  const offset = random.integer(0, 2)
  return squares(picture, columns)
    .map(({ x, y, size, column, row }) => {
      const arch = (share: number, fill: string) => {
        const half = (size / 2) * share
        const cx = x + size / 2
        return path(
          d`M${cx - half} ${y + size}V${y + size / 2}A${half} ${half} 0 0 1 ${cx + half} ${y + size / 2}V${y + size}Z`,
          fill
        )
      }
      const colour = shapes[(column + row + offset) % 3]
      const heart = shapes[(column + row + offset + 1) % 3]
      return [
        arch(0.94, colour),
        arch(0.74, field),
        arch(0.56, colour),
        arch(0.36, field),
        arch(0.22, heart),
      ].join("")
    })
    .join("")
}

/** Layers of earth, the oldest at the bottom. */
export const strata: Motif = ({ width, height, field, shapes, random }) => {
  const count = random.integer(7, 10)
  const colours = [shapes[0], field, shapes[1], shapes[2], mix(field, shapes[0], 0.5)]
  return times(count, (i) => {
    const y = height * (0.12 + (0.9 * i) / count)
    const points = times(6, (step) => ({
      x: (width * step) / 5,
      y: y + random.between(-0.03, 0.03) * height,
    }))
    const curve = points.slice(1).map(({ x, y: py }, j) => {
      const before = points[j]
      const middle = (before.x + x) / 2
      return d`C${middle} ${before.y} ${middle} ${py} ${x} ${py}`
    })
    return path(
      `${d`M0 ${points[0].y}`}${curve.join("")}${d`V${height}H0Z`}`,
      colours[i % colours.length]
    )
  }).join("")
}

/** Shapes cut from paper, laid over one another. */
export const cutouts: Motif = ({ width, height, shapes, random }) => {
  const blob = (cx: number, cy: number, radius: number, fill: string) => {
    const turn = random.between(0, TURN)
    const points = times(7, (i) =>
      polar(cx, cy, radius * random.between(0.62, 1.12), turn + (TURN * i) / 7)
    )
    return path(closedCurve(points), fill)
  }
  const short = Math.min(width, height)
  return [
    blob(
      width * random.between(0.2, 0.4),
      height * random.between(0.25, 0.42),
      short * 0.36,
      shapes[0]
    ),
    blob(
      width * random.between(0.6, 0.8),
      height * random.between(0.5, 0.72),
      short * 0.38,
      shapes[1]
    ),
    blob(
      width * random.between(0.35, 0.55),
      height * random.between(0.62, 0.8),
      short * 0.24,
      shapes[2]
    ),
    circle(
      width * random.between(0.62, 0.82),
      height * random.between(0.16, 0.28),
      short * 0.09,
      shapes[2]
    ),
  ].join("")
}
