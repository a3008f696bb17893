import { Writable } from "node:stream"
import { trace } from "@medusajs/framework/opentelemetry/api"
import { NodeTracerProvider } from "@medusajs/framework/opentelemetry/sdk-trace-node"
import winston from "winston"
import { JsonLogger } from "./json-logger"

const provider = new NodeTracerProvider()
beforeAll(() => provider.register())
afterAll(() => provider.shutdown())

/** A logger, and what it wrote. */
function loggerOf(env: NodeJS.ProcessEnv = {}) {
  const lines: Record<string, unknown>[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()))
      done()
    },
  })
  return { logger: new JsonLogger(env, new winston.transports.Stream({ stream })), lines }
}

it("writes a line of JSON with level, message and time", () => {
  const { logger, lines } = loggerOf()
  logger.warn("the model is slow")
  expect(lines).toEqual([
    {
      level: "warn",
      message: "the model is slow",
      timestamp: expect.stringMatching(/^\d{4}-.+Z$/),
    },
  ])
})

it("names the trace that a line belongs to, and none outside of any", () => {
  const { logger, lines } = loggerOf()
  trace.getTracer("test").startActiveSpan("request", (span) => {
    logger.info("inside")
    span.end()
    const { traceId, spanId } = span.spanContext()
    expect(lines[0]).toMatchObject({ trace_id: traceId, span_id: spanId })
  })
  logger.info("outside")
  expect(lines[1]).not.toHaveProperty("trace_id")
})

it("keeps e-mail addresses to itself, those in an error and its cause as well", () => {
  const { logger, lines } = loggerOf()
  logger.info("Customer with email ada.l+books@shop.example.org already exists")
  logger.error(
    new Error("no ada@example.org", { cause: new Error("Key (email)=(ada@example.org)") })
  )
  expect(lines).toHaveLength(2)
  expect(lines[0].message).toBe("Customer with email [e-mail address] already exists")
  expect(JSON.stringify(lines)).not.toContain("example.org")
})

it("keeps Medusa from writing its own line a request, and writes another", () => {
  const { logger, lines } = loggerOf()
  expect(logger.shouldLog("http")).toBe(false)
  expect(logger.shouldLog("info")).toBe(true)
  const line = { method: "GET", route: "/store/products/:id", status: 200, duration_ms: 12 }
  logger.request(line)
  expect(lines[0]).toMatchObject({ level: "http", ...line })
})

it("writes what LOG_LEVEL asks for", () => {
  const { logger, lines } = loggerOf({ LOG_LEVEL: "warn" })
  logger.info("not this")
  logger.request({ method: "GET", status: 200, duration_ms: 1 })
  expect(lines).toEqual([])
  expect(logger.shouldLog("info")).toBe(false)
})
