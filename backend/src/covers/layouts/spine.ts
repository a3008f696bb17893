import { MARGIN, PAGE } from "../page"
import { el } from "../svg"
import { CAPITALS, PLAIN, setText } from "../type"
import {
  fitAuthors,
  fitSubtitle,
  fitTitle,
  ground,
  type Layout,
  picture,
  type Scene,
} from "./layout"

/** The width of the picture beside a title that runs across, and beside one that runs up the page. */
const STRIP = 150
const BROAD_STRIP = 262

/** The longest title, in characters, that is large enough running up the page. */
const UPRIGHT_TITLE = 30

/** A strip of picture down one side, and the text beside it; a short title runs up the page. */
export const spine: Layout = (scene) =>
  [...scene.title].length <= UPRIGHT_TITLE ? upright(scene) : across(scene)

const across: Layout = (scene) => {
  const { ink } = scene.palette
  const left = scene.random.chance(0.6)
  const x = left ? STRIP + MARGIN - 6 : MARGIN - 4
  const measure = PAGE.width - STRIP - 2 * MARGIN + 10
  const title = fitTitle(scene, { width: measure, height: 350, maxSize: 60, maxLines: 8 })
  const subtitle = fitSubtitle(scene, PLAIN, measure)
  const authors = fitAuthors(scene, { ...CAPITALS, tracking: 0.04 }, measure)
  const titleTop = MARGIN + 4
  return (
    ground(scene) +
    strip(scene, left, STRIP) +
    setText(title, { x, top: titleTop, fill: ink }) +
    setText(subtitle, { x, top: titleTop + title.height + 14, fill: ink }) +
    setText(authors, { x, top: PAGE.height - MARGIN - authors.height, fill: ink })
  )
}

const upright: Layout = (scene) => {
  const { ink } = scene.palette
  const left = scene.random.chance(0.4)
  const column = PAGE.width - BROAD_STRIP
  const length = PAGE.height - 2 * MARGIN
  const title = fitTitle(scene, { width: length, height: 84, maxSize: 104, maxLines: 1 })
  const authors = fitAuthors(scene, CAPITALS, length)
  const height = title.height + authors.height
  const titleTop = (column - height) / 2
  // Turned about the foot of the column, so that the text is set as if the page lay on its side.
  const text =
    setText(title, { x: 0, top: titleTop - 4, fill: ink }) +
    setText(authors, { x: 0, top: titleTop + title.height + 6, fill: ink })
  const x = left ? BROAD_STRIP : 0
  return (
    ground(scene) +
    strip(scene, left, BROAD_STRIP) +
    el("g", { transform: `translate(${x} ${PAGE.height - MARGIN}) rotate(-90)` }, text)
  )
}

const strip = (scene: Scene, left: boolean, width: number) =>
  picture(scene, left ? 0 : PAGE.width - width, 0, width, PAGE.height)
