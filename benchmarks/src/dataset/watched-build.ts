import { monitorEventLoopDelay } from "node:perf_hooks"
import type { MedusaContainer } from "@medusajs/framework/types"
import { buildIndex } from "./build-index"
import { written } from "./define-indexes"

/** Between two looks at the event loop, in milliseconds: what Node reports includes it. */
const RESOLUTION_MS = 2

/** Between two looks at the memory in use, in milliseconds. */
const MEMORY_INTERVAL_MS = 250

/** What a build of an index costs the process that serves shoppers meanwhile. */
export interface WatchedBuild {
  index: string
  running: boolean
  /** How long it took, in milliseconds; until now, while it runs. */
  ms: number
  /** How many documents have been written, vectors included. */
  documents: number
  error?: string
  /** How late the event loop was, in milliseconds. */
  event_loop_ms?: { p50: number; p99: number; max: number }
  /** The most memory that the process had in use, in bytes. */
  rss_bytes: number
}

let current: WatchedBuild | undefined

export const currentBuild = (): WatchedBuild | undefined => current

/** Begins to build an index in this process, and watches event loop and memory while it runs. */
export function startBuild(container: MedusaContainer, index: string): WatchedBuild {
  written.delete(index)
  const build: WatchedBuild = {
    ...{ index, running: true, ms: 0, documents: 0 },
    rss_bytes: process.memoryUsage().rss,
  }
  current = build
  const started = performance.now()
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const look = () => {
    build.ms = performance.now() - started
    build.documents = written.get(index) ?? 0
    build.rss_bytes = Math.max(build.rss_bytes, process.memoryUsage().rss)
  }
  const timer = setInterval(look, MEMORY_INTERVAL_MS)
  delays.enable()
  void buildIndex(container, index)
    .catch((error: Error) => {
      build.error = error.message
    })
    .finally(() => {
      delays.disable()
      clearInterval(timer)
      look()
      const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
      build.event_loop_ms = {
        p50: late(delays.percentile(50)),
        p99: late(delays.percentile(99)),
        max: late(delays.max),
      }
      build.running = false
    })
  return build
}
