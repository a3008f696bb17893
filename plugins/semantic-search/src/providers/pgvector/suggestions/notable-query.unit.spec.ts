import { isNotable } from "./notable-query"

it.each([
  "tolkien",
  "brontë",
  "catch 22",
  "fahrenheit 451",
  "l'étranger",
  "harry potter 3",
  "战争与和平",
])("keeps %s", (text) => expect(isNotable(text)).toBe(true))

it.each([
  "",
  "ab",
  "9783161484100",
  "978-3-16-148410-0",
  "order 1234567",
  "call 030 123456",
  "ada@example.org",
  "www.example.org",
  "example.com",
  "https://example.org/a",
  "@ada",
  "C:\\Users\\ada",
  "x".repeat(61),
  "a book about a girl who has lost her way home",
  "what\u0007ever",
])("keeps nothing of %j", (text) => expect(isNotable(text)).toBe(false))
