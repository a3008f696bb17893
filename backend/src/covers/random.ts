/** A source of choices that a seed determines: the same seed gives the same choices, on any machine. */
export interface Random {
  /** A number in [from, to). */
  between(from: number, to: number): number
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean
}

/** 2³², the number of values of an unsigned 32-bit integer. */
const UINT32_RANGE = 2 ** 32

/** FNV-1a's offset basis and prime for 32 bits. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

function hash(text: string): number {
  return [...text].reduce(
    (value, character) => Math.imul(value ^ character.codePointAt(0)!, FNV_PRIME),
    FNV_OFFSET
  )
}

/** Makes a source of choices (the mulberry32 generator) from a seed. */
export function createRandom(seed: string): Random {
  let state = hash(seed) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32_RANGE
  }
  return {
    between: (from, to) => from + next() * (to - from),
    integer: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    chance: (share) => next() < share,
  }
}
