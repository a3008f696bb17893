import { PAGE } from "../page"
import { el } from "../svg"
import { CAPITALS, ITALIC, setText } from "../type"
import {
  fitAuthors,
  fitSubtitle,
  fitTitle,
  ground,
  type Layout,
  picture,
  type Scene,
} from "./layout"

/** Where the frame runs, and how far inside it the text begins. */
const FRAME = 18
const PADDING = 26

function frame({ palette }: Scene): string {
  const outline = (inset: number, weight: number) =>
    el("rect", {
      x: inset,
      y: inset,
      width: PAGE.width - 2 * inset,
      height: PAGE.height - 2 * inset,
      fill: "none",
      stroke: palette.ink,
      "stroke-width": weight,
    })
  return outline(FRAME, 3) + outline(FRAME + 6, 1)
}

/** A framed title page: the title between the author and a band of picture, all on one axis. */
export const plate: Layout = (scene) => {
  const { ink } = scene.palette
  const middle = PAGE.width / 2
  const edge = FRAME + PADDING
  const measure = PAGE.width - 2 * edge
  const authors = fitAuthors(scene, CAPITALS, measure)
  const title = fitTitle(scene, { width: measure, height: 190, maxSize: 64, maxLines: 5 })
  const subtitle = fitSubtitle(scene, ITALIC, measure)
  const titleTop = edge + 6 + authors.height + 26
  const subtitleTop = titleTop + title.height + 12
  const pictureTop =
    (subtitle.lines.length ? subtitleTop + subtitle.height : titleTop + title.height) + 28
  return (
    ground(scene) +
    frame(scene) +
    setText(authors, { x: middle, top: edge + 6, anchor: "middle", fill: ink }) +
    setText(title, { x: middle, top: titleTop, anchor: "middle", fill: ink }) +
    setText(subtitle, { x: middle, top: subtitleTop, anchor: "middle", fill: ink }) +
    picture(scene, edge, pictureTop, measure, PAGE.height - edge - pictureTop)
  )
}
