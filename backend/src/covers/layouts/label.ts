import { PAGE } from "../page"
import { el, rect } from "../svg"
import { CAPITALS, ITALIC, setText } from "../type"
import { fitAuthors, fitSubtitle, fitTitle, type Layout, picture } from "./layout"

/** The label's distance from the page's edge, and the text's from the label's. */
const INSET = 44
const PADDING = 24

/** The picture all over, and a label pasted on it. */
export const label: Layout = (scene) => {
  const { ground, ink } = scene.palette
  const width = PAGE.width - 2 * INSET
  const measure = width - 2 * PADDING
  const title = fitTitle(scene, { width: measure, height: 180, maxSize: 54, maxLines: 5 })
  const subtitle = fitSubtitle(scene, ITALIC, measure)
  const authors = fitAuthors(scene, { ...CAPITALS, tracking: 0.06 }, measure)
  const subtitleGap = subtitle.lines.length ? 12 : 0
  const rule = 26
  const height =
    PADDING * 2 + title.height + subtitleGap + subtitle.height + rule * 2 + authors.height
  const top = scene.random.pick([72, (PAGE.height - height) / 2, PAGE.height - height - 72])
  const titleTop = top + PADDING + 2
  const subtitleTop = titleTop + title.height + subtitleGap
  const ruleTop = subtitleTop + subtitle.height + rule - 4
  const middle = PAGE.width / 2
  return (
    picture(scene, 0, 0, PAGE.width, PAGE.height) +
    rect(INSET, top, width, height, ground) +
    el("rect", {
      x: INSET + 8,
      y: top + 8,
      width: width - 16,
      height: height - 16,
      fill: "none",
      stroke: ink,
      "stroke-width": 1.5,
    }) +
    setText(title, { x: middle, top: titleTop, anchor: "middle", fill: ink }) +
    setText(subtitle, { x: middle, top: subtitleTop, anchor: "middle", fill: ink }) +
    rect(middle - 22, ruleTop, 44, 2, ink) +
    setText(authors, { x: middle, top: ruleTop + rule - 4, anchor: "middle", fill: ink })
  )
}
