import { ChangeBatcher } from "./change-batcher"

/** A reader that notes what it was asked and answers when told to. */
function scriptedReader() {
  const reads: string[][] = []
  const releases: (() => void)[] = []
  const read = (ids: string[]) => {
    reads.push(ids)
    return new Promise<string[]>((resolve) => releases.push(() => resolve(ids)))
  }
  const nextRead = async () => {
    while (!releases.length) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    releases.shift()!()
  }
  return { reads, read, nextRead }
}

describe("ChangeBatcher", () => {
  it("reads an id once for all events of one moment, and gives the result to the first", async () => {
    const { reads, read, nextRead } = scriptedReader()
    const batcher = new ChangeBatcher<null, string>(10, read)
    const results = ["a", "b", "a"].map((id) => batcher.add([id], null))
    await nextRead()
    expect(await Promise.all(results)).toEqual([["a", "b"], [], []])
    expect(reads).toEqual([["a", "b"]])
  })

  it("reads an id anew when it changes while it is being read", async () => {
    const { reads, read, nextRead } = scriptedReader()
    const batcher = new ChangeBatcher<null, string>(10, read)
    const first = batcher.add(["a"], null)
    while (!reads.length) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    const second = batcher.add(["a"], null)
    await nextRead()
    await nextRead()
    expect(await first).toEqual(["a"])
    expect(await second).toEqual(["a"])
    expect(reads).toEqual([["a"], ["a"]])
  })

  it("splits what is more than a read may take", async () => {
    const { reads, read, nextRead } = scriptedReader()
    const batcher = new ChangeBatcher<null, string>(2, read)
    const result = batcher.add(["c", "a", "b"], null)
    await nextRead()
    await nextRead()
    expect(await result).toEqual(["a", "b", "c"])
    expect(reads).toEqual([["a", "b"], ["c"]])
  })

  it("fails for everybody whose ids it was reading, and goes on afterwards", async () => {
    let fail = true
    const batcher = new ChangeBatcher<null, string>(10, async (ids) => {
      if (fail) {
        throw new Error("down")
      }
      return ids
    })
    const results = await Promise.allSettled([batcher.add(["a"], null), batcher.add(["b"], null)])
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    fail = false
    expect(await batcher.add(["a"], null)).toEqual(["a"])
  })
})
