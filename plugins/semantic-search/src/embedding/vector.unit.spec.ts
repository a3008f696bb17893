import { checkedVectors, normalised, vectorFault } from "./vector"

describe("vectorFault", () => {
  it.each([[[1, 0]], [[-0.5, 1e-30]], [[3e38, -3e38]]])("finds none in %j", (vector) => {
    expect(vectorFault(vector, 2)).toBeUndefined()
  })

  it.each<[unknown, string]>([
    [[1], "has 1 components instead of 2"],
    [[], "has 0 components instead of 2"],
    [undefined, "has no components instead of 2"],
    [{ 0: 1, 1: 1, length: 2 }, "has no components"],
    [[1, Number.NaN], "no finite number"],
    [[1, Number.POSITIVE_INFINITY], "no finite number"],
    [[1, 1e39], "no finite number of single precision"],
    [[1, null], "no finite number"],
    [["1", "2"], "no finite number"],
    [[0, -0], "is zero throughout"],
    [[1e-50, 0], "is zero throughout"],
  ])("finds one in %j", (vector, fault) => {
    expect(vectorFault(vector, 2)).toContain(fault)
  })
})

describe("checkedVectors", () => {
  const check = (vectors: unknown) =>
    checkedVectors(vectors, { count: 2, dimensions: 2, whose: "The model" })

  it("answers vectors of length 1", () => {
    expect(
      check([
        [3, 4],
        [0, -2],
      ])
    ).toEqual([
      [0.6, 0.8],
      [0, -1],
    ])
  })

  it.each<[unknown, string]>([
    [undefined, "The model answered no vectors for 2 text(s)"],
    [[[1, 0]], "The model answered 1 vectors for 2 text(s)"],
    [[[1, 0], [1]], "The model answered a vector that has 1 components instead of 2"],
    [[[1, 0], "AAAA"], "The model answered a vector that has no components instead of 2"],
  ])("holds nothing against the texts of %j", (vectors, message) => {
    expect(() => check(vectors)).toThrow(
      expect.objectContaining({ name: "EmbedderUnavailableError", message })
    )
  })

  it.each([
    [
      [
        [1, 0],
        [Number.NaN, 1],
      ],
    ],
    [
      [
        [1, 0],
        [null, 1],
      ],
    ],
    [
      [
        [1, 0],
        [0, 0],
      ],
    ],
  ])("blames a text for %j", (vectors) => {
    expect(() => check(vectors)).toThrow(expect.objectContaining({ name: "EmbedderInputError" }))
  })

  it("keeps the direction of very small and very large vectors", () => {
    expect(normalised([3e-30, 4e-30])).toEqual(
      [0.6, 0.8].map((component) => expect.closeTo(component))
    )
    expect(normalised([3e38, 3e38])[0]).toBeCloseTo(Math.SQRT1_2)
  })
})
