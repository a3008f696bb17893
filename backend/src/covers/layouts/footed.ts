import { MARGIN, MEASURE, PAGE } from "../page"
import { CAPITALS, PLAIN, setText } from "../type"
import { fitAuthors, fitSubtitle, fitTitle, ground, type Layout, picture } from "./layout"

/** The picture bleeding off at the top, the text at its foot. */
export const footed: Layout = (scene) => {
  const { ink } = scene.palette
  const title = fitTitle(scene, { width: MEASURE, height: 170, maxSize: 72, maxLines: 4 })
  const subtitle = fitSubtitle(scene, PLAIN, MEASURE)
  const authors = fitAuthors(scene, CAPITALS, MEASURE)
  const authorsTop = PAGE.height - MARGIN - authors.height
  const subtitleTop = authorsTop - (subtitle.lines.length ? subtitle.height + 16 : 0)
  const titleTop = subtitleTop - 18 - title.height
  return (
    ground(scene) +
    picture(scene, 0, 0, PAGE.width, titleTop - 28) +
    setText(title, { x: MARGIN, top: titleTop, fill: ink }) +
    setText(subtitle, { x: MARGIN, top: subtitleTop, fill: ink }) +
    setText(authors, { x: MARGIN, top: authorsTop, fill: ink })
  )
}
