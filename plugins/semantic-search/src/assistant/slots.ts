/** Bounds how many answers a process writes at a time. */
export interface Slots {
  /** Takes a slot; answers what gives it back, or undefined where none is free. */
  take(): (() => void) | undefined
}

export function createSlots(size: number): Slots {
  let taken = 0
  return {
    take() {
      if (taken >= size) {
        return undefined
      }
      taken++
      let given = false
      return () => {
        taken -= given ? 0 : 1
        given = true
      }
    },
  }
}
