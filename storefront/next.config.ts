import { join } from "node:path"
import type { NextConfig } from "next"

/**
 * What the browser may load and do. Everything comes from the shop's own origin; `unsafe-inline` is
 * there for the flight data that Next writes into the page as inline scripts, and for React's style
 * attributes. `next dev` evaluates its modules and speaks over a web socket.
 */
const contentSecurityPolicy = (development: boolean) =>
  [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ")

const config: NextConfig = {
  poweredByHeader: false,
  // An image holds only what the server needs; `next start` serves a build that is whole.
  ...(process.env.NEXT_OUTPUT === "standalone" ? { output: "standalone" } : {}),
  reactStrictMode: true,
  // Functions are cached, pages are not: each page reads a cookie at its root, so that `cacheComponents`,
  // which would prerender the rest of it, has nothing to prerender.
  experimental: { useCache: true },
  cacheHandlers: { default: join(import.meta.dirname, "src", "cache", "handler.mjs") },
  // They look for the modules that they instrument by name, which a bundle has none of.
  serverExternalPackages: [
    "@opentelemetry/exporter-prometheus",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/exporter-trace-otlp-proto",
    "@opentelemetry/host-metrics",
    "@opentelemetry/instrumentation",
    "@opentelemetry/instrumentation-runtime-node",
    "@opentelemetry/instrumentation-undici",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-metrics",
    "@opentelemetry/sdk-trace-node",
  ],
  // The repository's root has a lock file of its own; without this Next would take it for the root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          {
            key: "Content-Security-Policy",
            value: contentSecurityPolicy(process.env.NODE_ENV === "development"),
          },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        ],
      },
    ]
  },
}

export default config
