import { answerFromRetrieval } from "./answer-from-retrieval"

const hits = ["Emma", "Dracula", "Poems [2]", "Ulysses"].map((title, i) => ({
  n: i + 1,
  id: `prod_${i + 1}`,
  document: { title },
}))

describe("answerFromRetrieval", () => {
  it("names the best products and cites exactly those", () => {
    expect(answerFromRetrieval(hits)).toEqual({
      text: "The closest matches in this shop are Emma [1], Dracula [2] and Poems (2) [3].",
      citations: [1, 2, 3].map((n) => ({ n, id: `prod_${n}` })),
    })
  })

  it("speaks of one match in the singular", () => {
    expect(answerFromRetrieval(hits.slice(0, 1)).text).toBe(
      "The closest match in this shop is Emma [1]."
    )
  })

  it("says so when there is nothing", () => {
    expect(answerFromRetrieval([])).toEqual({
      text: expect.stringContaining("found nothing"),
      citations: [],
    })
  })
})
