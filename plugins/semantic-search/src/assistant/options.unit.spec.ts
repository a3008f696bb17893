import { validatePluginOptions } from "./options"

describe("validatePluginOptions", () => {
  it("needs nothing: without options the assistant answers from retrieval", () => {
    expect(validatePluginOptions(undefined).assistant).toMatchObject({
      enabled: true,
      index: "product",
      ollama: undefined,
      hits: 5,
      prompt_hits: 3,
      thinking: "hidden",
    })
  })

  it("accepts the settings that Medusa adds to a module's options", () => {
    expect(() => validatePluginOptions({ database: { debug: false } })).not.toThrow()
  })

  it("takes the default model when only the server is named", () => {
    const { ollama } = validatePluginOptions({
      assistant: { ollama: { base_url: "http://localhost:11434", model: undefined } },
    }).assistant
    expect(ollama).toMatchObject({ baseUrl: "http://localhost:11434", model: "deepseek-r1:1.5b" })
  })

  it.each([
    { base_url: "" },
    { base_url: undefined },
    { base_url: "http://localhost:11434", model: "" },
  ])("takes %j, as unset environment variables give it, for no model", (ollama) => {
    expect(validatePluginOptions({ assistant: { ollama } }).assistant.ollama).toBeUndefined()
  })

  it("limits questions, an address's to five times a shopper's", () => {
    const limitOf = (rate_limit?: object | false) =>
      validatePluginOptions({ assistant: { rate_limit } }).assistant.rate_limit
    expect(limitOf()).toMatchObject({ questions: 20, seconds: 300, address_questions: 100 })
    expect(limitOf({ questions: 3 })).toMatchObject({ questions: 3, address_questions: 15 })
    expect(limitOf({ address_questions: 7 })).toMatchObject({ address_questions: 7 })
    expect(limitOf(false)).toBe(false)
  })

  it.each([
    [{ assistant: { hits: 0 } }, "assistant.hits"],
    [{ assistant: { thinking: "loud" } }, "assistant.thinking"],
    [{ assistant: { rate_limit: { questions: 0 } } }, "assistant.rate_limit"],
    [{ assistant: { rate_limit: { minutes: 5 } } }, "minutes"],
    [{ assistant: { rate_limit: { trusted_proxies: ["my proxy"] } } }, "my proxy"],
    [{ assistant: { ollama: { base_url: "localhost" } } }, "assistant.ollama.base_url"],
    [{ assistant: { ollama: { keep_alive: "soon" } } }, "assistant.ollama.keep_alive"],
    [{ assistant: { ollama: { url: "http://localhost" } } }, "url"],
    [{ asistant: {} }, "asistant"],
  ])("refuses %j and names the option", (options, name) => {
    expect(() => validatePluginOptions(options)).toThrow(name)
  })
})
