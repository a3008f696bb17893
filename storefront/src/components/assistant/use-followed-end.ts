import { type UIEvent, useEffect, useRef } from "react"

/** So near to the end, in pixels, a reader counts as being there. */
const NEAR_END = 48

/** Keeps the end of a growing text in sight, unless the reader has scrolled away from it. */
export function useFollowedEnd(messages: readonly unknown[]) {
  const box = useRef<HTMLDivElement>(null)
  const following = useRef(true)

  // What was just asked comes into sight, wherever the reader was.
  useEffect(() => {
    following.current = true
  }, [messages.length])

  useEffect(() => {
    if (box.current && following.current) {
      box.current.scrollTop = box.current.scrollHeight
    }
  }, [messages])

  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget
    following.current = scrollHeight - scrollTop - clientHeight < NEAR_END
  }

  return { box, onScroll }
}
