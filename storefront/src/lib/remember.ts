/**
 * Remembers the answer of a load for a while, in this process. An answer past its time is loaded anew;
 * when that fails, the failure is the answer: a shop without its backend says so.
 *
 * @param seconds how long an answer holds
 */
export function remember<Value>(seconds: number, load: () => Promise<Value>): () => Promise<Value> {
  let kept: { value: Promise<Value>; until: number } | undefined
  return () => {
    if (!kept || kept.until < Date.now()) {
      const value = load()
      kept = { value, until: Date.now() + seconds * 1000 }
      value.catch(() => {
        kept = undefined
      })
    }
    return kept.value
  }
}
