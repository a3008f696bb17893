import { MEASURE, PAGE } from "../page"
import { rect } from "../svg"
import { CAPITALS, ITALIC, setText } from "../type"
import { fitAuthors, fitSubtitle, fitTitle, type Layout, picture } from "./layout"

/** The share of the page that a band of picture takes, at the top and at the bottom. */
const SHARES = [
  [0.2, 0.34],
  [0.3, 0.3],
  [0.36, 0.18],
] as const

/** The thickness of the lines between band and picture. */
const RULE = 3

/** Picture above and below, the text on a quiet band between. */
export const bands: Layout = (scene) => {
  const { ink } = scene.palette
  const [above, below] = scene.random.pick(SHARES)
  const top = PAGE.height * above
  const bottom = PAGE.height * (1 - below)
  const middle = PAGE.width / 2
  const subtitle = fitSubtitle(scene, ITALIC, MEASURE)
  const authors = fitAuthors(scene, CAPITALS, MEASURE)
  const gaps = 20 + (subtitle.lines.length ? 12 : 0)
  const room = bottom - top - 2 * 26 - authors.height - subtitle.height - gaps
  const title = fitTitle(scene, { width: MEASURE, height: room, maxSize: 66, maxLines: 4 })
  const slack = (room - title.height) / 2
  const titleTop = top + 26 + slack
  const subtitleTop = titleTop + title.height + 12
  const authorsTop = titleTop + title.height + gaps + subtitle.height
  return (
    picture(scene, 0, 0, PAGE.width, PAGE.height) +
    rect(0, top, PAGE.width, bottom - top, scene.palette.ground) +
    rect(0, top, PAGE.width, RULE, ink) +
    rect(0, bottom - RULE, PAGE.width, RULE, ink) +
    setText(title, { x: middle, top: titleTop, anchor: "middle", fill: ink }) +
    setText(subtitle, { x: middle, top: subtitleTop, anchor: "middle", fill: ink }) +
    setText(authors, { x: middle, top: authorsTop, anchor: "middle", fill: ink })
  )
}
