import { tooManyQuestions } from "@/lib/assistant/too-many-questions"
import { failure, postStore } from "@/lib/medusa/post-store"

const TOO_MANY_REQUESTS = 429

/** What an answer may take, in seconds, where the platform asks for a limit: a slow local model thinks long. */
export const maxDuration = 300

/** Headers of the answer that `useChat` reads. */
const PASSED_BACK = ["content-type", "x-vercel-ai-ui-message-stream", "retry-after"] as const

/**
 * The assistant's stream, passed through as it comes.
 *
 * `no-transform` keeps `next start`, and whatever stands before it, from compressing it: a compressor may
 * hold words back until its buffer is full. `x-accel-buffering` keeps nginx from collecting it.
 */
export async function POST(request: Request): Promise<Response> {
  const upstream = await postStore("/store/assistant", request)
  const headers = new Headers({
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  })
  for (const name of PASSED_BACK) {
    const value = upstream.headers.get(name)
    if (value) {
      headers.set(name, value)
    }
  }
  if (upstream.status === TOO_MANY_REQUESTS) {
    await upstream.body?.cancel()
    // The backend's own words are for whoever runs the shop.
    headers.delete("content-type")
    const wait = Number(headers.get("retry-after") ?? Number.NaN)
    return failure(TOO_MANY_REQUESTS, tooManyQuestions(wait), headers)
  }
  return new Response(upstream.body, { status: upstream.status, headers })
}
