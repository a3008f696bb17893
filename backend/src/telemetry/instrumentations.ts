import { HttpInstrumentation } from "@opentelemetry/instrumentation-http"
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node"
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici"
import { isProbe } from "./is-probe"

/**
 * OpenTelemetry's own instrumentation of a Medusa process: requests that come in, as part of the trace of
 * whoever sent them (their route comes from `tell-route.ts`); `fetch`, which hands the trace on, to a
 * language model among others; and Node itself (event loop, garbage collection, heap).
 *
 * Clients of `http` stay as they are: it is `fetch` that everything here calls others with.
 */
export const instrumentations = () => [
  new HttpInstrumentation({
    ignoreIncomingRequestHook: ({ url }) => isProbe(url),
    disableOutgoingRequestInstrumentation: true,
  }),
  new UndiciInstrumentation({ requireParentforSpans: true }),
  new RuntimeNodeInstrumentation(),
]
