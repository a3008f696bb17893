/** Points around the origin, the same at each run (a linear congruential generator). */
export function directions(seed: number, dimensions: number): () => number[] {
  let state = seed
  const next = () =>
    (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648 - 0.5
  return () => Array.from({ length: dimensions }, next)
}
