import path from "node:path"
import { defineConfig } from "@medusajs/framework/utils"
import { SYNTHETIC_EMBEDDER } from "./src/embedding/synthetic-embedder"

const { env } = process

/** Both providers of what is measured, in one application: what differs is the provider alone. */
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: env.DATABASE_URL,
    workerMode: (env.MEDUSA_WORKER_MODE ?? "shared") as "shared" | "worker" | "server",
    http: {
      storeCors: "",
      adminCors: "",
      authCors: "",
      jwtSecret: env.JWT_SECRET,
      cookieSecret: env.COOKIE_SECRET,
    },
  },
  admin: { disable: true },
  plugins: [{ resolve: "medusa-plugin-semantic-search", options: {} }],
  modules: [
    {
      resolve: "@medusajs/medusa/search",
      options: {
        default_provider: "pgvector",
        providers: [
          {
            resolve: "medusa-plugin-semantic-search/providers/pgvector",
            id: "pgvector",
            options: {
              embedder:
                env.LIBRO_EMBEDDER === "synthetic"
                  ? SYNTHETIC_EMBEDDER
                  : {
                      type: "transformers",
                      models_dir: env.LIBRO_MODELS_DIR && path.resolve(env.LIBRO_MODELS_DIR),
                    },
              ...(env.LIBRO_EMBEDDING_TIMEOUT_MS
                ? { embedding_timeout_ms: Number(env.LIBRO_EMBEDDING_TIMEOUT_MS) }
                : {}),
            },
          },
          {
            resolve: "@medusajs/medusa/search-postgres",
            id: "search-postgres",
            options: { engine: "native" },
          },
        ],
      },
    },
  ],
})
