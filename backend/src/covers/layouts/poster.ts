import { MARGIN, MEASURE, PAGE } from "../page"
import { CAPITALS, PLAIN, setText } from "../type"
import { fitAuthors, fitSubtitle, fitTitle, ground, type Layout, picture } from "./layout"

/** The title large at the top left, the picture bleeding off below it. */
export const poster: Layout = (scene) => {
  const { ink } = scene.palette
  const authors = fitAuthors(scene, CAPITALS, MEASURE)
  const title = fitTitle(scene, { width: MEASURE, height: 196, maxSize: 78, maxLines: 5 })
  const subtitle = fitSubtitle(scene, PLAIN, MEASURE)
  const titleTop = MARGIN + authors.height + 22
  const subtitleTop = titleTop + title.height + 12
  const pictureTop =
    (subtitle.lines.length ? subtitleTop + subtitle.height : titleTop + title.height) + 24
  return (
    ground(scene) +
    picture(scene, 0, pictureTop, PAGE.width, PAGE.height - pictureTop) +
    setText(authors, { x: MARGIN, top: MARGIN, fill: ink }) +
    setText(title, { x: MARGIN, top: titleTop, fill: ink }) +
    setText(subtitle, { x: MARGIN, top: subtitleTop, fill: ink })
  )
}
