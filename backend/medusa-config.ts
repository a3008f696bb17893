import path from "node:path"
import { defineConfig, loadEnv } from "@medusajs/framework/utils"
import { JsonLogger } from "./src/logging/json-logger"
import { redisModules } from "./src/deploy/redis-modules"
import { searchLocales } from "./src/store/search-locales"

loadEnv(process.env.NODE_ENV ?? "development", process.cwd())

const { env } = process
const translated = searchLocales().length > 0

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    // Medusa keeps a production login to https, and a browser on plain http would never be logged in.
    ...(env.COOKIE_SECURE === "false" ? { cookieOptions: { secure: false, sameSite: "lax" } } : {}),
    workerMode: (env.MEDUSA_WORKER_MODE ?? "shared") as "shared" | "worker" | "server",
    http: {
      storeCors: env.STORE_CORS ?? "http://localhost:8000",
      adminCors: env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: env.AUTH_CORS ?? "http://localhost:9000,http://localhost:8000",
      jwtSecret: env.JWT_SECRET,
      cookieSecret: env.COOKIE_SECRET,
    },
  },
  // In development Medusa's own, which draws what it does.
  ...(env.NODE_ENV === "production" ? { logger: new JsonLogger(env) } : {}),
  featureFlags: { translation: translated },
  admin: { disable: env.DISABLE_MEDUSA_ADMIN === "true" },
  plugins: [
    {
      resolve: "medusa-plugin-semantic-search",
      options: {
        assistant: {
          ollama: { base_url: env.OLLAMA_BASE_URL, model: env.OLLAMA_MODEL },
          // Unset: the plugin's default, private addresses.
          rate_limit: { trusted_proxies: (env.TRUSTED_PROXIES || undefined)?.split(/\s*,\s*/) },
        },
      },
    },
  ],
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
              embedder: {
                type: "transformers",
                models_dir: env.LIBRO_MODELS_DIR && path.resolve(env.LIBRO_MODELS_DIR),
              },
            },
          },
        ],
      },
    },
    { resolve: "./src/modules/book" },
    ...redisModules(env.REDIS_URL),
    ...(translated ? [{ resolve: "@medusajs/medusa/translation" }] : []),
  ],
})
