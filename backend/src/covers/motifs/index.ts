import type { Genre } from "../../catalogue/book-record"
import {
  citrus,
  fingerprint,
  halftone,
  interference,
  orbits,
  planet,
  rosette,
  target,
  union,
} from "./circles"
import { arrows, balance, bars, panels, shards, shifted, steps, turning } from "./figures"
import { blinds, contours, pendulum, ridgelines, sprig, traces, waves } from "./lines"
import type { Motif } from "./motif"
import {
  arcade,
  castle,
  cutouts,
  hills,
  mountains,
  seaside,
  shoal,
  strata,
  town,
  toys,
} from "./scenes"
import { blocks, gingham, leaves, pixels, scales } from "./tilings"

export type { Motif, Picture } from "./motif"

/** What a genre's covers show. */
export const MOTIFS: Record<Genre, readonly Motif[]> = {
  classics: [scales, leaves, arcade, rosette],
  "modern-fiction": [blocks, cutouts, union, waves],
  crime: [fingerprint, target, shards, blinds],
  "science-fiction": [planet, orbits, interference],
  fantasy: [mountains, castle, leaves],
  romance: [rosette, union, leaves, sprig],
  childrens: [toys, hills, town, shoal, blocks],
  history: [arcade, strata, scales],
  science: [ridgelines, pendulum, interference],
  philosophy: [turning, shifted, balance],
  business: [bars, steps, arrows],
  computing: [pixels, traces, blocks],
  cookery: [citrus, gingham],
  travel: [seaside, contours, mountains],
  poetry: [sprig, waves, cutouts],
  comics: [halftone, panels],
}
