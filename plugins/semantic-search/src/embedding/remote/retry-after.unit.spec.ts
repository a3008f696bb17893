import { retryAfterMs } from "./retry-after"

const NOW = Date.parse("2026-11-25T10:00:00Z")

describe("retryAfterMs", () => {
  it.each<[string | null, number | undefined]>([
    ["120", 120_000],
    [" 1.5 ", 1_500],
    ["0", 0],
    ["Wed, 25 Nov 2026 10:00:05 GMT", 5_000],
    ["Wed, 25 Nov 2026 09:59:00 GMT", 0],
    ["-5", undefined],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("reads %j as %j ms", (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected)
  })
})
