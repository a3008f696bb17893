import { MARGIN, MEASURE, PAGE } from "../page"
import { rect } from "../svg"
import { CAP_HEIGHT, fitText, lineWidth, type FittedText } from "../text-fitting"
import { CAPITALS, setText } from "../type"
import { fitAuthors, ground, type Layout, picture, type Scene } from "./layout"

/** The gap between a line and a rule, the rule's thickness, and the largest that a line may be. */
const GAP = 15
const RULE = 2.5
const MAX_SIZE = 124

/** The height that the lines may take together. */
const ROOM = 330

/** Each line of the title as wide as the page allows, a rule between each two. */
export const stack: Layout = (scene) => {
  const { ink } = scene.palette
  const lines = titleLines(scene)
  const heights = lines.map(({ size }) => size * CAP_HEIGHT)
  const authors = fitAuthors(scene, CAPITALS, MEASURE)
  const authorsTop = PAGE.height - MARGIN - authors.height
  let top = MARGIN + 4
  const text = lines.map((line, i) => {
    const drawn =
      setText(line, { x: MARGIN, top, fill: ink }) +
      rect(MARGIN, top + heights[i] + GAP, MEASURE, RULE, ink)
    top += heights[i] + 2 * GAP + RULE
    return drawn
  })
  const pictureTop = top + 2
  const pictureHeight = authorsTop - 24 - pictureTop
  return (
    ground(scene) +
    text.join("") +
    (pictureHeight > 40 ? picture(scene, MARGIN, pictureTop, MEASURE, pictureHeight) : "") +
    setText(authors, { x: MARGIN, top: authorsTop, fill: ink })
  )
}

/** The lines of the balanced title, each at the size that fills the measure, all within the room. */
function titleLines({ title, type }: Scene): FittedText[] {
  const space = { width: MEASURE, height: ROOM * 0.8, maxSize: MAX_SIZE, maxLines: 5 }
  const { lines } = fitText(title, type, space)
  const sizes = lines.map((line) => Math.min(MAX_SIZE, MEASURE / lineWidth(line, type, 1)))
  const natural = sizes.reduce((sum, size) => sum + size * CAP_HEIGHT + 2 * GAP, 0)
  const scale = Math.min(1, ROOM / natural)
  return lines.map((line, i) => {
    const space = { width: MEASURE, height: MAX_SIZE, maxSize: sizes[i] * scale, maxLines: 1 }
    return fitText(line, { ...type, upper: false }, space)
  })
}
