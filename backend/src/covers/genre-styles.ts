import type { Genre } from "../catalogue/book-record"
import { bands, footed, label, type Layout, plate, poster, spine, stack, window } from "./layouts"
import type { TypeStyle } from "./text-fitting"

const BOOKISH: TypeStyle = { font: "serif", leading: 1.08 }
const SLANTED: TypeStyle = { font: "serif", italic: true, leading: 1.1 }
const ENGRAVED: TypeStyle = { font: "serif", upper: true, tracking: 0.03, leading: 1.14 }
const LOUD: TypeStyle = { font: "sans-bold", tracking: -0.02, leading: 1 }
const SHOUTED: TypeStyle = { font: "sans-bold", upper: true, tracking: -0.01, leading: 1.02 }
const COOL: TypeStyle = { font: "sans", tracking: -0.02, leading: 1.06 }
const SPACED: TypeStyle = { font: "sans-bold", upper: true, tracking: 0.08, leading: 1.16 }
const TYPED: TypeStyle = { font: "mono", tracking: -0.03, leading: 1.08 }

/** What a genre's covers look like: how they may be laid out, and how their titles may be set. */
interface GenreStyle {
  layouts: readonly Layout[]
  titles: readonly TypeStyle[]
}

export const GENRE_STYLES: Record<Genre, GenreStyle> = {
  classics: { layouts: [label, plate, bands, window], titles: [BOOKISH, ENGRAVED, SLANTED] },
  "modern-fiction": {
    layouts: [poster, footed, stack, label, spine],
    titles: [BOOKISH, LOUD, COOL],
  },
  crime: { layouts: [stack, footed, poster, bands], titles: [SHOUTED, LOUD] },
  "science-fiction": { layouts: [footed, poster, window, stack], titles: [SPACED, LOUD, SHOUTED] },
  fantasy: { layouts: [window, footed, plate, bands], titles: [ENGRAVED, BOOKISH] },
  romance: { layouts: [window, label, plate, footed], titles: [SLANTED, BOOKISH] },
  childrens: { layouts: [poster, footed, window, bands], titles: [LOUD, BOOKISH] },
  history: { layouts: [bands, plate, spine, footed], titles: [ENGRAVED, BOOKISH] },
  science: { layouts: [footed, poster, spine, stack], titles: [LOUD, COOL] },
  philosophy: { layouts: [plate, poster, spine, window], titles: [BOOKISH, COOL, ENGRAVED] },
  business: { layouts: [stack, poster, spine], titles: [LOUD, SHOUTED] },
  computing: { layouts: [poster, spine, stack, footed], titles: [TYPED, LOUD] },
  cookery: { layouts: [label, footed, bands, window], titles: [BOOKISH, SLANTED, LOUD] },
  travel: { layouts: [footed, window, poster, bands], titles: [SPACED, BOOKISH] },
  poetry: { layouts: [plate, window, spine, poster], titles: [SLANTED, BOOKISH] },
  comics: { layouts: [stack, label, poster], titles: [SHOUTED] },
}
