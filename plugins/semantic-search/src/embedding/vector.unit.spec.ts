import { vectorFault } from "./vector"

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
