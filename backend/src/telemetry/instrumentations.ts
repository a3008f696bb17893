import { ExpressInstrumentation, ExpressLayerType } from "@opentelemetry/instrumentation-express"
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http"
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node"
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici"

/** Asked every few seconds by whoever keeps the process running: it would drown what shoppers do. */
const PROBES: ReadonlySet<string> = new Set(["/health", "/ready"])

/**
 * OpenTelemetry's own instrumentation of a Medusa process: requests that come in, as part of the trace of
 * whoever sent them, with the route that answered; `fetch`, which hands the trace on, to a language model
 * among others; and Node itself (event loop, garbage collection, heap).
 *
 * Clients of `http` stay as they are: it is `fetch` that everything here calls others with.
 */
export const instrumentations = () => [
  new HttpInstrumentation({
    ignoreIncomingRequestHook: ({ url }) => PROBES.has(url?.split("?")[0] ?? ""),
    disableOutgoingRequestInstrumentation: true,
  }),
  // No spans of its own, which would be one a middleware: it tells the request's span its route.
  new ExpressInstrumentation({
    ignoreLayersType: [
      ExpressLayerType.MIDDLEWARE,
      ExpressLayerType.REQUEST_HANDLER,
      ExpressLayerType.ROUTER,
    ],
  }),
  new UndiciInstrumentation({ requireParentforSpans: true }),
  new RuntimeNodeInstrumentation(),
]
