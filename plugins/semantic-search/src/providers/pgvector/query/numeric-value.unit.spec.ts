import { numericValue } from "./numeric-value"

const field = { path: "x", kind: "number", array: false } as const
const DAY = Date.UTC(2024, 4, 31)

describe("numericValue", () => {
  it.each<[unknown, number]>([
    [5, 5],
    ["12.5", 12.5],
    [" -3 ", -3],
    ["1e3", 1000],
  ])("reads the number %j", (value, number) => {
    expect(numericValue({ ...field, date: false }, value)).toBe(number)
  })

  it.each([
    undefined,
    null,
    true,
    "",
    " ",
    "many",
    [1],
    {},
    Infinity,
    Number.NaN,
    "1e999",
    "-Infinity",
  ])("finds no number in %j", (value) => {
    expect(numericValue({ ...field, date: false }, value)).toBeUndefined()
  })

  it.each<[unknown, number]>([
    [DAY, DAY],
    [String(DAY), DAY],
    ["-86400000", -86_400_000],
    [new Date(DAY), DAY],
    ["2024-05-31", DAY],
    ["2024-05-31T12:30", DAY + 12.5 * 3_600_000],
    ["2024-05-31T12:30:00", DAY + 12.5 * 3_600_000],
    ["2024-05-31T12:30:00.250Z", DAY + 12.5 * 3_600_000 + 250],
    ["2024-05-31T12:30:00+02:00", DAY + 10.5 * 3_600_000],
  ])("reads the date %j alike in every time zone", (value, time) => {
    expect(numericValue({ ...field, date: true }, value)).toBe(time)
  })

  it.each([
    "",
    "soon",
    "soon 5",
    "May 2020",
    "2024-13-01",
    "2024-05-31T25:00",
    new Date("?"),
    true,
    [],
  ])("finds no date in %j", (value) => {
    expect(numericValue({ ...field, date: true }, value)).toBeUndefined()
  })
})
