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

  it.each([
    [{ assistant: { hits: 0 } }, "assistant.hits"],
    [{ assistant: { thinking: "loud" } }, "assistant.thinking"],
    [{ assistant: { ollama: { base_url: "localhost" } } }, "assistant.ollama.base_url"],
    [{ assistant: { ollama: { keep_alive: "soon" } } }, "assistant.ollama.keep_alive"],
    [{ assistant: { ollama: { url: "http://localhost" } } }, "url"],
    [{ asistant: {} }, "asistant"],
  ])("refuses %j and names the option", (options, name) => {
    expect(() => validatePluginOptions(options)).toThrow(name)
  })
})
