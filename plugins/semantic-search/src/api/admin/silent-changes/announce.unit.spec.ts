import { EventEmitter } from "node:events"
import { announce } from "./announce"

/** Runs a route behind the middleware, and returns what it emits. */
function answer(status: number, ids: string[], { bus = "up" } = {}) {
  const emitted: unknown[] = []
  const errors: string[] = []
  const services: Record<string, unknown> = {
    event_bus: {
      emit: async (event: unknown) => {
        emitted.push(event)
        if (bus === "down") {
          throw new Error("Redis is away")
        }
      },
    },
    logger: { error: (message: string) => errors.push(message) },
  }
  const request = { scope: { resolve: (name: string) => services[name] } }
  const response = Object.assign(new EventEmitter(), { statusCode: status })
  let passedOn = false
  announce("some.event", () => ids)(request as never, response as never, () => {
    passedOn = true
  })
  expect(passedOn).toBe(true)
  expect(emitted).toEqual([])
  response.emit("finish")
  return { emitted, errors }
}

describe("announce", () => {
  it("emits when the route has answered", () => {
    const { emitted } = answer(200, ["a", "b"])
    expect(emitted).toEqual([{ name: "some.event", data: { id: ["a", "b"] } }])
  })

  it.each([
    ["the route failed", 400, ["a"]],
    ["nothing is named", 200, []],
  ])("emits nothing when %s", (_, status, ids) => {
    expect(answer(status, ids).emitted).toEqual([])
  })

  it("logs when the bus is down: the answer has been given", async () => {
    const { errors } = answer(200, ["a"], { bus: "down" })
    await new Promise((resolve) => setImmediate(resolve))
    expect(errors).toEqual([expect.stringContaining("Redis is away")])
  })
})
