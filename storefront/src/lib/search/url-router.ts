import type { Router } from "instantsearch.js"
import { canonicalSearch, readSearchState, type SearchState, writeSearchState } from "./url-state"

/** How long typing must rest before a search becomes a step of the browser's history, in milliseconds. */
const WRITE_DELAY_MS = 350

/**
 * Keeps a search and the address in step. Next's router stays the one that knows the address: what is
 * written goes through `history.pushState`, which Next follows, and what changes elsewhere — back,
 * forward, a link — is told by `follow`. InstantSearch's own router listens to `popstate` beside Next,
 * and the two disagree when a shopper comes back from another page.
 */
export class UrlRouter implements Router<SearchState> {
  private current: string
  private timer: ReturnType<typeof setTimeout> | undefined
  private onChange: ((state: SearchState) => void) | undefined
  private attached = true

  /** @param address the parameters of the address now, as Next knows them */
  constructor(
    address: string,
    private readonly currency: string
  ) {
    this.current = canonicalSearch(new URLSearchParams(address), currency)
  }

  read(): SearchState {
    return readSearchState(new URLSearchParams(this.current), this.currency)
  }

  write(state: SearchState): void {
    clearTimeout(this.timer)
    const next = writeSearchState(state, this.currency).toString()
    if (!this.attached || next === this.current) {
      return
    }
    this.timer = setTimeout(() => {
      this.current = next
      window.history.pushState(null, "", next ? `?${next}` : window.location.pathname)
    }, WRITE_DELAY_MS)
  }

  createURL(state: SearchState): string {
    return `/search?${writeSearchState(state, this.currency)}`
  }

  onUpdate(callback: (state: SearchState) => void): void {
    this.onChange = callback
  }

  dispose(): void {
    clearTimeout(this.timer)
    this.onChange = undefined
  }

  /**
   * Says that the search stands on the page.
   *
   * @returns what to call when it leaves. InstantSearch takes its widgets down one by one after that,
   * and would write a search of nothing into the address of the next page.
   */
  attach(): () => void {
    this.attached = true
    return () => {
      this.attached = false
      clearTimeout(this.timer)
    }
  }

  /** Tells what the address is now; a search that it already means is left alone. */
  follow(address: string): void {
    const next = canonicalSearch(new URLSearchParams(address), this.currency)
    if (next === this.current) {
      return
    }
    clearTimeout(this.timer)
    this.current = next
    this.onChange?.(this.read())
  }
}
