import localFont from "next/font/local"

/*
 * Newsreader for what is read, Hanken Grotesk for what is operated. Both come from npm and are served
 * by the shop itself. The Latin files are preloaded; the extended ones, which hold "ř" and "ő", are
 * fetched by the browser only when a page has such a letter. Next reads these calls before it runs them,
 * so every value must stand here as it is.
 */

export const serif = localFont({
  variable: "--serif-latin",
  src: [
    {
      path: "../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2",
      weight: "200 800",
      style: "normal",
    },
    {
      path: "../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-opsz-italic.woff2",
      weight: "200 800",
      style: "italic",
    },
  ],
  adjustFontFallback: "Times New Roman",
})

export const serifExtended = localFont({
  variable: "--serif-extended",
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2113, U+2C60-2C7F, U+A720-A7FF",
    },
  ],
  src: [
    {
      path: "../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-ext-opsz-normal.woff2",
      weight: "200 800",
      style: "normal",
    },
    {
      path: "../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-ext-opsz-italic.woff2",
      weight: "200 800",
      style: "italic",
    },
  ],
  adjustFontFallback: false,
})

export const sans = localFont({
  variable: "--sans-latin",
  src: "../../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2",
  weight: "100 900",
  adjustFontFallback: "Arial",
})

export const sansExtended = localFont({
  variable: "--sans-extended",
  preload: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2113, U+2C60-2C7F, U+A720-A7FF",
    },
  ],
  src: "../../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2",
  weight: "100 900",
  adjustFontFallback: false,
})
