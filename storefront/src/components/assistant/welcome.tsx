/** Questions that show what can be asked: by a plot half remembered, by a mood, by a person. */
const EXAMPLES = [
  "A cosy murder in an English village, nothing gruesome",
  "What was the one about robots that may not hurt people?",
  "A present for a ten-year-old who loves the sea",
]

/** What the panel says before anything was asked. */
export function Welcome({ onAsk }: { onAsk: (question: string) => void }) {
  return (
    <div className="space-y-5">
      <p className="font-serif text-xl leading-snug">
        Describe a book you half remember, or how you would like to feel when you close it. I only
        recommend what stands on our shelves.
      </p>
      <ul className="divide-y divide-rule border-y border-rule">
        {EXAMPLES.map((question) => (
          <li key={question}>
            <button
              type="button"
              onClick={() => onAsk(question)}
              className="w-full py-3 text-left font-serif text-lg leading-snug italic hover:text-cloth"
            >
              {question}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
