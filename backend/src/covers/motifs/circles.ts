import { circle, d, el, path, ring, stroke } from "../svg"
import { type Motif, polar, squares, times, TURN } from "./motif"

/** Rings about a point off the middle, and one dot that draws the eye. */
export const target: Motif = ({ width, height, shapes, random }) => {
  const [cx, cy] = [width * random.between(0.25, 0.75), height * random.between(0.3, 0.7)]
  const step = width / random.pick([16, 20, 26])
  const reach = Math.hypot(width, height)
  const rings = times(reach / step / 1.6, (i) =>
    ring(
      cx + i * step * 0.12,
      cy + i * step * 0.2,
      (i + 2) * step * 0.9,
      i % 4 === 3 ? shapes[2] : shapes[1],
      step * 0.36
    )
  )
  return rings.join("") + circle(cx, cy, step * 1.15, shapes[0])
}

/** The ridges of a fingertip. */
export const fingerprint: Motif = ({ width, height, shapes, random }) => {
  const [cx, cy] = [width / 2, height * 0.52]
  const step = Math.min(width, height) / 26
  const tilt = random.between(-18, 18)
  const ridges = times(11, (i) => {
    const [rx, ry] = [step * (i + 0.6), step * (i * 1.25 + 0.9)]
    const length = TURN * Math.sqrt((rx * rx + ry * ry) / 2)
    const gap = length * random.between(0.03, 0.1)
    return el("ellipse", {
      cx,
      cy,
      rx,
      ry,
      fill: "none",
      stroke: i === 5 ? shapes[0] : shapes[1],
      "stroke-width": step * 0.48,
      "stroke-linecap": "round",
      "stroke-dasharray": `${Math.round(length * random.between(0.3, 0.55))} ${Math.round(gap + step)}`,
      "stroke-dashoffset": Math.round(random.between(0, length)),
    })
  })
  return el(
    "g",
    { transform: `rotate(${Math.round(tilt)} ${cx} ${Math.round(cy)})` },
    ridges.join("")
  )
}

/** A world with a ring, its moons, and stars. */
export const planet: Motif = ({ width, height, field, shapes, random }) => {
  const short = Math.min(width, height)
  const [cx, cy] = [width * random.between(0.38, 0.62), height * random.between(0.42, 0.58)]
  const radius = short * random.between(0.24, 0.32)
  const tilt = Math.round(random.between(-32, -10))
  const stars = times(random.integer(26, 44), () =>
    circle(
      random.between(0, width),
      random.between(0, height),
      random.pick([1.2, 1.6, 2.6]),
      shapes[1]
    )
  )
  const bands = times(3, (i) => {
    const y = cy - radius * (0.55 - i * 0.4)
    const half = Math.sqrt(radius ** 2 - (y - cy) ** 2)
    return path(
      d`M${cx - half} ${y}h${half * 2}a${radius} ${radius} 0 0 1 ${-half * 0.06} ${radius * 0.17}h${-half * 1.88}z`,
      shapes[2]
    )
  })
  const arc = (sweep: 0 | 1) =>
    stroke(
      d`M${cx - radius * 1.75} ${cy}A${radius * 1.75} ${radius * 0.46} 0 0 ${sweep} ${cx + radius * 1.75} ${cy}`,
      shapes[1],
      radius * 0.11
    )
  const moon = polar(cx, cy, radius * 1.65, random.between(-2.4, -0.8))
  return (
    stars.join("") +
    el(
      "g",
      { transform: `rotate(${tilt} ${Math.round(cx)} ${Math.round(cy)})` },
      arc(1) +
        ring(cx, cy, radius, field, radius * 0.12) +
        circle(cx, cy, radius, shapes[0]) +
        bands.join("") +
        arc(0)
    ) +
    circle(moon.x, moon.y, radius * 0.2, shapes[2])
  )
}

/** Paths of planets about a sun that rises at the edge. */
export const orbits: Motif = ({ width, height, shapes, random }) => {
  const [cx, cy] = random.pick([
    [width / 2, height],
    [0, height],
    [width, height],
    [width / 2, height / 2],
  ])
  const first = Math.min(width, height) * 0.2
  const step = Math.hypot(width, height) / 9
  const tracks = times(9, (i) => {
    const radius = first + step * (i + 0.7)
    const planets = times(random.integer(1, 3), () =>
      polar(cx, cy, radius, random.between(0, TURN))
    )
    return (
      ring(cx, cy, radius, shapes[2], 2) +
      planets
        .map(({ x, y }) => circle(x, y, random.between(6, 17), random.pick([shapes[0], shapes[1]])))
        .join("")
    )
  })
  return tracks.join("") + circle(cx, cy, first, shapes[0])
}

/** Two sets of rings that cross, as waves on a pond do. */
export const interference: Motif = ({ width, height, shapes, random }) => {
  const apart = width * random.between(0.14, 0.26)
  const cy = height * random.between(0.35, 0.65)
  const step = width / random.pick([22, 28])
  const set = (cx: number, colour: string) =>
    times(Math.hypot(width, height) / step / 1.3, (i) =>
      ring(cx, cy, (i + 0.6) * step, colour, step * 0.22)
    ).join("")
  return (
    set(width / 2 - apart, shapes[0]) +
    set(width / 2 + apart, shapes[1]) +
    circle(width / 2 - apart, cy, step * 0.6, shapes[2]) +
    circle(width / 2 + apart, cy, step * 0.6, shapes[2])
  )
}

/** Petals about a centre, in two wreaths. */
export const rosette: Motif = ({ width, height, field, shapes, random }) => {
  const [cx, cy] = [width / 2, height / 2]
  const reach = Math.min(width, height) * 0.46
  const wreath = (count: number, length: number, breadth: number, fill: string, turn: number) =>
    times(count, (i) =>
      el("ellipse", {
        cx,
        cy: cy - length * 0.55,
        rx: breadth,
        ry: length * 0.45,
        fill,
        transform: `rotate(${Math.round((360 / count) * (i + turn))} ${Math.round(cx)} ${Math.round(cy)})`,
      })
    ).join("")
  const count = random.pick([8, 10, 12])
  const breadth = (reach * 1.75) / count
  return (
    wreath(count, reach, breadth, shapes[0], 0) +
    wreath(count, reach * 0.78, breadth * 0.66, shapes[1], 0.5) +
    wreath(count, reach * 0.5, breadth * 0.5, shapes[2], 0) +
    circle(cx, cy, reach * 0.16, field) +
    circle(cx, cy, reach * 0.1, shapes[1])
  )
}

/** Two circles that share a part of each other. */
export const union: Motif = ({ width, height, shapes, random }) => {
  const radius = Math.min(width * 0.34, height * 0.4)
  const apart = radius * random.between(0.5, 0.72)
  const [cx, cy] = [width / 2, height / 2]
  const rise = Math.sqrt(radius ** 2 - apart ** 2)
  const upright = height > width * 1.15
  const shape =
    circle(cx - apart, cy, radius, shapes[0]) +
    circle(cx + apart, cy, radius, shapes[1]) +
    path(
      d`M${cx} ${cy - rise}A${radius} ${radius} 0 0 1 ${cx} ${cy + rise}A${radius} ${radius} 0 0 1 ${cx} ${cy - rise}Z`,
      shapes[2]
    )
  return upright
    ? el("g", { transform: `rotate(90 ${Math.round(cx)} ${Math.round(cy)})` }, shape)
    : shape
}

/** Slices of fruit. */
export const citrus: Motif = (picture) => {
  const { field, shapes, random } = picture
  return squares(picture, random.pick([2, 3]))
    .map(({ x, y, size }) => {
      const [cx, cy, radius] = [x + size / 2, y + size / 2, size * 0.44]
      const [peel, flesh] = random.pick([
        [shapes[0], shapes[1]],
        [shapes[1], shapes[0]],
        [shapes[2], shapes[1]],
      ])
      const count = random.pick([8, 9, 10])
      const turn = random.between(0, TURN)
      const segments = times(count, (i) => {
        const middle = turn + (TURN * (i + 0.5)) / count
        const tip = polar(cx, cy, radius * 0.12, middle)
        const spread = (TURN / count) * 0.41
        const [from, to] = [
          polar(cx, cy, radius * 0.78, middle - spread),
          polar(cx, cy, radius * 0.78, middle + spread),
        ]
        return d`M${tip.x} ${tip.y}L${from.x} ${from.y}A${radius * 0.78} ${radius * 0.78} 0 0 1 ${to.x} ${to.y}Z`
      })
      return (
        circle(cx, cy, radius, peel) +
        circle(cx, cy, radius * 0.88, field) +
        path(segments.join(""), flesh)
      )
    })
    .join("")
}

/** Printers' dots that grow towards one corner, and a burst. */
export const halftone: Motif = ({ width, height, shapes, random }) => {
  const step = width / 14
  const focus = { x: width * random.pick([0.1, 0.9]), y: height * random.pick([0, 1]) }
  const reach = Math.hypot(width, height)
  const dots = times(height / step + 1, (row) =>
    times(15, (column) => {
      const [x, y] = [(column + (row % 2) / 2) * step, row * step]
      const radius = step * 0.62 * (1 - Math.hypot(x - focus.x, y - focus.y) / reach)
      return radius > 1.2 ? circle(x, y, radius, shapes[0]) : ""
    }).join("")
  )
  return (
    dots.join("") +
    burst(
      width * random.between(0.42, 0.58),
      height / 2,
      Math.min(width, height) * 0.4,
      shapes,
      random.pick([11, 13, 15])
    )
  )
}

function burst(
  cx: number,
  cy: number,
  radius: number,
  shapes: readonly string[],
  spikes: number
): string {
  const star = (reach: number, fill: string) =>
    path(
      times(spikes * 2, (i) => {
        const { x, y } = polar(
          cx,
          cy,
          reach * (i % 2 ? 0.66 : i % 4 ? 1 : 0.86),
          (TURN * i) / spikes / 2
        )
        return i ? d`L${x} ${y}` : d`M${x} ${y}`
      }).join("") + "Z",
      fill
    )
  return star(radius, shapes[2]) + star(radius * 0.8, shapes[1])
}
