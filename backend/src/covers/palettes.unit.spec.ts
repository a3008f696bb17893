import { contrast } from "./colours"
import { PALETTES } from "./palettes"

/** What WCAG 2 asks of text (AA), and what a shape needs to be seen at all. */
const TEXT_CONTRAST = 4.5
const SHAPE_CONTRAST = 1.25

const palettes = Object.entries(PALETTES).flatMap(([genre, list]) =>
  list.map((palette, i) => ({ name: `${genre} ${i + 1}`, ...palette }))
)

it.each(palettes)("text can be read in $name", ({ ink, ground }) => {
  expect(contrast(ink, ground)).toBeGreaterThanOrEqual(TEXT_CONTRAST)
})

it.each(palettes)("shapes are seen in $name", ({ field, shapes }) => {
  expect(Math.min(...shapes.map((shape) => contrast(shape, field)))).toBeGreaterThanOrEqual(
    SHAPE_CONTRAST
  )
})
