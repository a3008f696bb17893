/** Changes that come within this time go in one request. */
const GATHER_MS = 100

/** The most tags that the storefront takes in a request. */
const MOST_TAGS = 500

/** The tag of everything that shows a product. */
const ALL_PRODUCTS = "products"

const TIMEOUT_MS = 5_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** Where the storefront is, and the secret that it knows the backend by. */
export interface StorefrontTarget {
  url: string
  secret: string
}

/**
 * Reads STOREFRONT_URL and REVALIDATE_SECRET.
 *
 * @returns undefined where there is no address: then the storefront hears of no change, and shows one when
 * what it has kept is old enough
 * @throws Error where the address is none, or the secret is missing
 */
export function readStorefrontTarget(env: NodeJS.ProcessEnv): StorefrontTarget | undefined {
  const { STOREFRONT_URL: url, REVALIDATE_SECRET: secret } = env
  if (!url) {
    return undefined
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error(`STOREFRONT_URL is "${url}": give an address such as "http://localhost:8000".`)
  }
  if (!secret) {
    throw new Error(
      "STOREFRONT_URL is set, but not REVALIDATE_SECRET: set the storefront's, or unset both."
    )
  }
  return { url: url.replace(/\/+$/, ""), secret }
}

/**
 * Tells the storefront what to forget: one request at a time, and what comes meanwhile with the next one.
 * While the storefront doesn't answer, it is asked again and again; what it has yet to be told ends with
 * this process, and then the storefront shows it once what it has kept is ten minutes old.
 */
export class StorefrontCache {
  private readonly tags_ = new Set<string>()
  private telling_: Promise<void> | undefined

  /** @param warn told of each change that the storefront couldn't be told of at once */
  constructor(
    private readonly target_: StorefrontTarget,
    private readonly warn_: (message: string) => void
  ) {}

  /** Returns at once: what goes on in the shop doesn't wait for its pages. */
  forget(tags: string[]): void {
    tags.forEach((tag) => this.tags_.add(tag))
    if (this.tags_.size && !this.telling_) {
      this.telling_ = this.tellAll().finally(() => {
        this.telling_ = undefined
      })
    }
  }

  /** Resolves once the storefront knows all. */
  async settled(): Promise<void> {
    await this.telling_
  }

  private async tellAll(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    await wait(GATHER_MS)
    while (this.tags_.size) {
      const tags = this.take()
      try {
        await this.tell(tags)
        pause = FIRST_PAUSE_MS
      } catch (error) {
        tags.forEach((tag) => this.tags_.add(tag))
        if (pause === FIRST_PAUSE_MS) {
          this.warn_(
            `The storefront at ${this.target_.url} can't be told what has changed, and is asked again: ${(error as Error).message}`
          )
        }
        await wait(pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
  }

  /** What is to be told, as far as it fits into a request; many products are all products. */
  private take(): string[] {
    const tags = [...this.tags_]
    this.tags_.clear()
    if (tags.length <= MOST_TAGS && !tags.includes(ALL_PRODUCTS)) {
      return tags
    }
    return [
      ...tags.filter((tag) => !tag.startsWith("product:") && tag !== ALL_PRODUCTS),
      ALL_PRODUCTS,
    ]
  }

  private async tell(tags: string[]): Promise<void> {
    const response = await fetch(`${this.target_.url}/api/revalidate`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${this.target_.secret}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ tags }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) {
      const { message } = (await response.json().catch(() => ({}))) as { message?: string }
      throw new Error(message ?? `it answered ${response.status}`)
    }
    await response.body?.cancel()
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
