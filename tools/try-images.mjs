#!/usr/bin/env node
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { join, relative } from "node:path"
import { readArgs } from "./lib/args.mjs"
import { readDatabaseUrl, prepareDatabase } from "./lib/database.mjs"
import { startPostgres } from "./lib/embedded-postgres.mjs"
import { printError, ToolError } from "./lib/errors.mjs"
import { ImageStages } from "./lib/image-stages.mjs"
import { HOMES } from "./lib/lock.mjs"
import { findFreePort, waitFor } from "./lib/network.mjs"
import { ROOT, STATE } from "./lib/paths.mjs"
import { PlatformContext } from "./lib/platform-context.mjs"
import { createProgress } from "./lib/progress.mjs"
import { findRedis, startRedis } from "./lib/redis.mjs"
import { checkNode } from "./lib/requirements.mjs"
import { runSession } from "./lib/session.mjs"

const HOME = HOMES["try:images"]
const START_LIMIT_MS = 5 * 60_000
const SECRET_BYTES = 24
const STEPS = 8
/** Of a book whose title has none of these words. */
const WISH = encodeURIComponent("a captain obsessed with a white whale")

const HELP = `
Carries out the Dockerfiles and starts the shop of docker-compose.yml from what they make, without Docker:
each step in a root of its own, with this machine's programs in place of the base images'; each service with
the user, rights, volumes and read-only root of the compose file. PostgreSQL and Redis are this machine's;
Ollama, Jaeger, Prometheus and Grafana are left out. Needs Linux, root, Go and a network.

  npm run try:images

Environment
  DATABASE_URL      an empty PostgreSQL of your own, instead of one that is set up
`

/** What no image may hold: tests, their tools, secrets. */
const UNWANTED = [
  "/app/node_modules/jest",
  "/app/node_modules/vitest",
  "/app/node_modules/eslint",
  "/app/node_modules/@playwright",
  "/app/e2e",
  "/app/.env",
  "/app/backend/integration-tests",
]

/** Succeeds where memory can be written to and the image can't. */
const WRITES = ["sh", "-c", "touch /tmp/written && ! touch /app/written"]

async function readCompose(supervisor) {
  const context = new PlatformContext({ supervisor, home: HOME })
  const { output } = await supervisor.run("compose", await context.tool("compose-lint"), [
    join(ROOT, "docker-compose.yml"),
  ])
  return JSON.parse(output.join("\n")).services
}

async function get(url) {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) throw new ToolError(`${url} answers ${response.status}: ${text.slice(0, 200)}`)
  return text
}

/** Something that has to be true of the shop. */
const must = (truth, what) => {
  if (!truth) throw new ToolError(`${what}.`)
}

async function tryImages(supervisor) {
  checkNode()
  rmSync(join(HOME, "images"), { recursive: true, force: true })
  const { step } = createProgress({ total: STEPS })
  const stages = new ImageStages({ home: join(HOME, "images"), supervisor })
  const services = await readCompose(supervisor)
  const images = {}
  for (const name of ["embedding-model", "backend", "storefront"]) {
    const { context, dockerfile } = services[name].build
    const file = dockerfile ?? "Dockerfile"
    images[name] = await step(`Image of ${name}`, async (report) => ({
      ...(await stages.build({
        ...{ name, context, dockerfile: join(context, file) },
        report: (text) => report.detail(text.slice(0, 90)),
      })),
      summary: relative(ROOT, join(context, file)),
    }))
  }
  images.setup = images.worker = images.backend

  const addresses = await step("PostgreSQL and Redis", async (report) => {
    let database = readDatabaseUrl()
    if (!database) {
      const options = { home: join(STATE, "postgres"), name: "images", fresh: true, durable: false }
      database = (await startPostgres({ ...options, supervisor, report })).url("libro_mind")
    }
    await prepareDatabase(database)
    const directory = join(HOME, "redis")
    rmSync(directory, { recursive: true, force: true })
    const redis = await startRedis({ program: await findRedis(supervisor), directory, supervisor })
    return {
      [services.backend.environment.DATABASE_URL]: database,
      "redis:6379": `127.0.0.1:${redis.port}`,
      "backend:9000": `127.0.0.1:${await findFreePort()}`,
    }
  })
  const here = (value) =>
    Object.entries(addresses).reduce((text, [from, to]) => text.replaceAll(from, to), value)
  const secret = () => randomBytes(SECRET_BYTES).toString("hex")
  const secrets = {
    ...{ JWT_SECRET: secret(), COOKIE_SECRET: secret(), REVALIDATE_SECRET: secret() },
    ADMIN_PASSWORD: secret(),
  }

  /** A service's environment, with the addresses and ports of this machine. */
  const environmentOf = (name, rest) => {
    const own = Object.entries(services[name].environment ?? {})
    const moved = own.map(([key, value]) => [key, secrets[key] ?? here(value)])
    return { ...Object.fromEntries(moved), ...rest }
  }
  const toEnd = (name, command, env = environmentOf(name)) =>
    supervisor.run(
      `run-${name}`,
      ...stages.start(images[name], services[name], { env, ...(command && { command }) })
    )
  /** Starts a service, and waits until its image's own health check is content. */
  const serve = async (name, port) => {
    const metrics = environmentOf(name).METRICS_PORT
    const env = environmentOf(name, {
      PORT: String(port),
      ...(metrics && { METRICS_PORT: String(await findFreePort()) }),
    })
    const command = stages.start(images[name], services[name], { env })
    const { exited } = supervisor.start(name, ...command)
    const [program, ...args] = images[name].health
    await waitFor(
      async () => {
        const options = { env: { PORT: String(port) }, allowFailure: true }
        return (await supervisor.run(`health-${name}`, program, args, options)).code === 0
      },
      { what: name, limitMs: START_LIMIT_MS, signal: supervisor.signal, failed: exited }
    )
    const { code } = await supervisor.run(
      `write-${name}`,
      ...stages.start(images[name], services[name], { env, command: WRITES }),
      { allowFailure: true }
    )
    must(code === 0, `${name} can write where it mustn't, or can't where it must`)
    const { output } = await toEnd(name, ["sh", "-c", `ls -d ${UNWANTED.join(" ")} 2>&1 || true`])
    const found = output.filter((line) => UNWANTED.includes(line.trim()))
    must(!found.length, `The image of ${name} holds ${found.join(", ")}`)
    const { output: size } = await toEnd(name, ["du", "-sm", "/app"])
    return `http://127.0.0.1:${port}, ${size[0].split(/\s/)[0]} MB`
  }

  await step("Weights, compared with their sums", async () => {
    await toEnd("embedding-model")
  })
  await step("Setup: migrations, shop, books", async () => {
    await toEnd("setup")
  })
  const backend = addresses["backend:9000"]
  await step("Server and worker", async () => {
    const summary = await serve("backend", Number(backend.split(":")[1]))
    await serve("worker", await findFreePort())
    await get(`http://${backend}/ready`)
    must(/<div id="medusa"/.test(await get(`http://${backend}/app`)), "The admin isn't served")
    return summary
  })
  await step("Storefront", async () => {
    const port = await findFreePort()
    const summary = await serve("storefront", port)
    const front = await get(`http://127.0.0.1:${port}/`)
    const [script] = front.match(/\/_next\/static\/[^"]+\.js/) ?? []
    must(script, "The front page names no script")
    await get(`http://127.0.0.1:${port}${script}`)
    const results = await get(`http://127.0.0.1:${port}/search?q=${WISH}`)
    must(/Moby.Dick/i.test(results), "The search by meaning doesn't find Moby-Dick")
    return summary
  })
  console.log("The images hold what they need, and the shop of docker-compose.yml works from them.")
  return 0
}

try {
  const { help } = readArgs(process.argv.slice(2), { help: { type: "boolean", short: "h" } })
  if (help) console.log(HELP.trim())
  else {
    process.exitCode = await runSession({ name: "A trial of the images", home: HOME }, tryImages)
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
