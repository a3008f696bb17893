import { AskButton } from "../assistant/ask-button"

const QUESTIONS = [
  "Something like Jane Eyre, but with a happier house",
  "A short novel for a long train journey",
  "History that reads like a thriller",
]

/** An invitation to ask, with questions that ask themselves. */
export function AskBand() {
  return (
    <section
      aria-labelledby="ask-title"
      className="grid gap-8 bg-wash px-6 py-12 md:grid-cols-2 md:px-12 md:py-16"
    >
      <div>
        <h2 id="ask-title" className="text-4xl leading-[1.02] tracking-tight md:text-5xl">
          Or ask the bookseller.
        </h2>
        <p className="mt-4 max-w-[40ch] font-serif text-lg text-soft">
          The answer comes from our own shelves, with the books it speaks of beside it.
        </p>
      </div>
      <ul className="divide-y divide-ink/15 border-y border-ink/15">
        {QUESTIONS.map((question) => (
          <li key={question}>
            <AskButton
              question={question}
              className="w-full py-3.5 text-left font-serif text-xl leading-snug italic hover:text-cloth"
            >
              {question}
            </AskButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
