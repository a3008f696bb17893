import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { UrlRouter } from "./url-router"

/** Longer than typing must rest before the address changes. */
const AFTER_TYPING_MS = 1000

describe("UrlRouter", () => {
  const pushState = vi.fn()

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal("window", { history: { pushState }, location: { pathname: "/search" } })
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    pushState.mockReset()
  })

  it("makes one step of the history of a word that is being typed", () => {
    const router = new UrlRouter("", "eur")
    for (const query of ["w", "wh", "whale"]) {
      router.write({ query })
    }
    vi.advanceTimersByTime(AFTER_TYPING_MS)
    expect(pushState.mock.calls.map(([, , url]) => url)).toEqual(["?q=whale"])
  })

  it("makes no step when the search is what the address says", () => {
    const router = new UrlRouter("q=whale&page=1", "eur")
    router.write({ query: "whale" })
    vi.advanceTimersByTime(AFTER_TYPING_MS)
    expect(pushState).not.toHaveBeenCalled()
  })

  it("follows back and forward, and tells what they lead to", () => {
    const router = new UrlRouter("q=whale", "eur")
    const onUpdate = vi.fn()
    router.onUpdate(onUpdate)
    router.follow("q=sea&mood=cosy")
    expect(onUpdate).toHaveBeenCalledWith({ query: "sea", refinementList: { tags: ["cosy"] } })
    router.follow("mood=cosy&q=sea")
    expect(onUpdate).toHaveBeenCalledTimes(1)
  })

  it("lets back win over a step that was still to come", () => {
    const router = new UrlRouter("q=whale", "eur")
    router.write({ query: "whales" })
    router.follow("q=sea")
    vi.advanceTimersByTime(AFTER_TYPING_MS)
    expect(pushState).not.toHaveBeenCalled()
  })

  it("never writes into the address of the page that comes after", () => {
    const router = new UrlRouter("q=whale", "eur")
    const detach = router.attach()
    router.write({ query: "whales" })
    detach()
    router.write({})
    vi.advanceTimersByTime(AFTER_TYPING_MS)
    expect(pushState).not.toHaveBeenCalled()
  })
})
