/** A typeface that every system has, or has a likeness of. */
export type Font = "serif" | "sans" | "sans-bold" | "mono"

interface Typeface {
  /** The families to try, in order. */
  families: string
  weight: number
  /** How far each printable ASCII character advances, from the space on, in thousandths of the size. */
  advances: readonly number[]
}

const SANS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
const numbers = (list: string) => list.split(" ").map(Number)

/** The printable characters of ASCII, from the space to the tilde. */
const ASCII = { first: 32, count: 95 }

/** Every character of a monospaced typeface such as Courier advances by this. */
const MONO_ADVANCE = 600

/**
 * The typefaces, with the advances of Georgia, Helvetica and Courier. Times, which stands in for Georgia
 * where that is missing, runs narrower, so that what fits in Georgia fits in it.
 */
export const FONTS: Record<Font, Typeface> = {
  serif: {
    families: "Georgia, Gelasio, Times New Roman, Liberation Serif, serif",
    weight: 400,
    advances: numbers(
      "241 331 412 643 610 817 710 215 375 375 472 643 270 374 270 469 614 430 559 552 565 528 566 502 596 " +
        "566 312 312 643 643 643 479 929 671 654 642 749 653 599 725 815 390 518 694 604 927 767 744 610 744 " +
        "702 561 619 756 667 976 710 615 602 375 469 375 643 643 500 504 560 454 574 483 325 509 582 293 292 " +
        "536 286 881 591 539 571 560 410 432 345 575 497 737 505 492 444 430 375 430 643"
    ),
  },
  sans: {
    families: SANS,
    weight: 400,
    advances: numbers(
      "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 " +
        "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 " +
        "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 " +
        "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    ),
  },
  "sans-bold": {
    families: SANS,
    weight: 700,
    advances: numbers(
      "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 " +
        "556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 " +
        "722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 " +
        "556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"
    ),
  },
  mono: {
    families: "Courier New, Courier, Liberation Mono, monospace",
    weight: 700,
    advances: Array<number>(ASCII.count).fill(MONO_ADVANCE),
  },
}

/** What a character outside the tables advances at most: an ideograph fills a square. */
const UNKNOWN_ADVANCE = 1000

/** Letters with no accent to take off, and the letter that runs about as wide. */
const LIKENESS: Record<string, string> = {
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  ð: "d",
  þ: "p",
  "–": "M",
  "’": "'",
}

/** How far a text advances at size 1, without the space between letters that a style may add. */
export function advance(text: string, font: Font): number {
  const { advances } = FONTS[font]
  // Decomposed, an accented letter is its base letter, then accents that don't advance.
  const letters = [...text.normalize("NFD")].filter((character) => !/\p{M}/u.test(character))
  const total = letters.reduce((sum, character) => {
    const code = (LIKENESS[character] ?? character).codePointAt(0)!
    return sum + (advances[code - ASCII.first] ?? UNKNOWN_ADVANCE)
  }, 0)
  return total / 1000
}
