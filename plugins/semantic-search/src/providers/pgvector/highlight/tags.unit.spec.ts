import fc from "fast-check"
import { DEFAULT_TAGS, readTags } from "./tags"

const PRE = "search_options.highlight.pre_tag takes"
const POST = "search_options.highlight.post_tag takes"

describe("readTags", () => {
  it.each([
    [undefined, undefined, DEFAULT_TAGS],
    ["<em>", undefined, { pre: "<em>", post: "</em>" }],
    ["<em>", "</em>", { pre: "<em>", post: "</em>" }],
    [
      '<mark class="hit strong-1">',
      "</mark>",
      { pre: '<mark class="hit strong-1">', post: "</mark>" },
    ],
    [undefined, "</mark>", DEFAULT_TAGS],
    [
      "__ais-highlight__",
      "__/ais-highlight__",
      { pre: "__ais-highlight__", post: "__/ais-highlight__" },
    ],
    ["**", "**", { pre: "**", post: "**" }],
  ])("takes %j … %j", (pre, post, tags) => {
    expect(readTags(pre, post)).toEqual(tags)
  })

  it.each([
    "<script>",
    "<style>",
    "<iframe>",
    "<textarea>",
    "<plaintext>",
    "<a>",
    "<x-hit>",
    "<mark onclick=alert(1)>",
    '<mark class="a" onclick="alert(1)">',
    "<mark class='a'>",
    '<mark class="a&quot;">',
    '<mark\nclass="a">',
    "<mark",
    "mark>",
    "<mark>x",
    "<mark><b>",
    "</mark>",
    "&lt;",
    `"`,
    "'",
    "`",
    "a b",
    "",
    "x".repeat(41),
    7,
    {},
  ])("refuses the pre_tag %j", (pre) => {
    expect(() => readTags(pre, undefined)).toThrow(PRE)
  })

  it.each([
    ["<em>", "</mark>"],
    ["<em>", ""],
    ["<em>", "</em><script>"],
    ["<em>", 7],
    [undefined, "</em>"],
    ["[[", undefined],
    ["[[", "</mark>"],
    ["[[", "<"],
  ])("refuses %j … %j", (pre, post) => {
    expect(() => readTags(pre, post)).toThrow(POST)
  })

  it("takes nothing that opens another element or an attribute, whatever is sent", () => {
    const text = fc.string({
      unit: fc.constantFrom("<", ">", "/", '"', "'", "=", " ", "m", "em", "b", "class"),
    })
    fc.assert(
      fc.property(text, text, (pre, post) => {
        try {
          const tags = readTags(pre, post)
          expect(tags.pre).toMatch(/^(<(em|b)( class="[^"<>]*")?>|[^<>"'&]*)$/)
          expect(tags.post).toMatch(/^(<\/(em|b)>|[^<>"'&]*)$/)
        } catch (error) {
          expect((error as { type?: string }).type).toBe("invalid_data")
        }
      })
    )
  })
})
