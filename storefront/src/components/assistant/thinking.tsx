/** What the model thinks before it speaks: folded away, but not hidden. */
export function Thinking({ text, busy }: { text: string; busy: boolean }) {
  if (!text) {
    return busy ? <p className="text-sm text-soft">Reading through the shelves …</p> : null
  }
  return (
    <details className="text-sm text-soft">
      <summary className="link inline-block">
        {busy ? "Thinking it over …" : "How I came to this"}
      </summary>
      <p className="mt-2 border-l-2 border-rule pl-3 whitespace-pre-wrap">{text}</p>
    </details>
  )
}
