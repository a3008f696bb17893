/** The page of a cover, in the units of its viewBox: two to three, as most paperbacks are. */
export const PAGE = { width: 400, height: 600 } as const

/** The distance of text from the edge; wide enough that a wider substitute typeface stays on the page. */
export const MARGIN = 30

/** The width of a column of text that keeps both margins. */
export const MEASURE = PAGE.width - 2 * MARGIN
