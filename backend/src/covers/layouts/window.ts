import { MARGIN, MEASURE, PAGE } from "../page"
import { d, el } from "../svg"
import { CAPITALS, ITALIC, setText } from "../type"
import { fitAuthors, fitSubtitle, fitTitle, ground, type Layout, picture } from "./layout"

/** The picture seen through a window: round, arched or upright oval. */
export const window: Layout = (scene) => {
  const { ink } = scene.palette
  const middle = PAGE.width / 2
  const title = fitTitle(scene, { width: MEASURE, height: 150, maxSize: 62, maxLines: 4 })
  const subtitle = fitSubtitle(scene, ITALIC, MEASURE)
  const authors = fitAuthors(scene, CAPITALS, MEASURE)
  const titleTop = MARGIN + 6
  const subtitleTop = titleTop + title.height + 10
  const top = (subtitle.lines.length ? subtitleTop + subtitle.height : titleTop + title.height) + 24
  const authorsTop = PAGE.height - MARGIN - authors.height
  const height = authorsTop - 26 - top
  const width = Math.min(height, 284)
  const x = middle - width / 2
  const radius = width / 2
  const outline = scene.random.pick([
    () =>
      el("ellipse", {
        cx: middle,
        cy: top + height / 2,
        rx: radius,
        ry: Math.min(radius, height / 2),
      }),
    () =>
      el("path", {
        d: d`M${x} ${top + height}V${top + radius}A${radius} ${radius} 0 0 1 ${x + width} ${top + radius}V${top + height}Z`,
      }),
    () => el("rect", { x, y: top, width, height, rx: radius }),
  ])()
  return (
    ground(scene) +
    el("clipPath", { id: "window" }, outline) +
    el("g", { "clip-path": "url(#window)" }, picture(scene, x, top, width, height)) +
    el("g", { fill: "none", stroke: ink, "stroke-width": 2.5 }, outline) +
    setText(title, { x: middle, top: titleTop, anchor: "middle", fill: ink }) +
    setText(subtitle, { x: middle, top: subtitleTop, anchor: "middle", fill: ink }) +
    setText(authors, { x: middle, top: authorsTop, anchor: "middle", fill: ink })
  )
}
