import { execFile } from "node:child_process"
import path from "node:path"

/*
 * Processes that end while the model loads or computes, as a script under `medusa exec` does that waits
 * for nobody: the native code below must not turn that into a crash.
 */

const MODELS_DIR = process.env.LIBRO_MODELS_DIR

if (!MODELS_DIR) {
  console.warn("Skipped: set LIBRO_MODELS_DIR to the folder that holds Xenova/all-MiniLM-L6-v2")
}

const withModel = MODELS_DIR ? describe : describe.skip

/** A process loads the model, and there are some of them; in milliseconds. */
const TIMEOUT = 120_000

/** How a process ends that meant to. */
const EXIT_CODE = 7

const ENDS = {
  "by an exit": `process.exit(${EXIT_CODE})`,
  "by a shutdown": `await embedder.close()
    process.exitCode = ${EXIT_CODE}`,
}

/** Texts for several runs of the model, of which each takes a tenth of a second or more. */
const EMBED_MANY = `embedder
  .embed(Array.from({ length: 64 }, (_, i) => \`Text \${i} of a whale. \`.repeat(60)))
  .catch(() => {})`

/** Runs code in a process of its own, and answers with how that ended and what it printed. */
async function run(code: string): Promise<{ code: unknown; signal: unknown; printed: string }> {
  const script = `
    const { TransformersEmbedder, ALL_MINILM_L6_V2: model } =
      require("medusa-plugin-semantic-search/embedding")
    const { setTimeout: pause } = require("node:timers/promises")
    const embedder = new TransformersEmbedder({ model, models_dir: process.env.LIBRO_MODELS_DIR })
    const main = async () => {
      ${code}
    }
    void main()`
  return await new Promise((resolve) => {
    const options = { cwd: path.join(__dirname, "..") }
    const child = execFile(process.execPath, ["-e", script], options, (_, printed) =>
      resolve({ code: child.exitCode, signal: child.signalCode, printed })
    )
  })
}

withModel.each(Object.entries(ENDS))("a process that ends %s", (_, end) => {
  it(
    "ends as it means to while the model loads, however far that is",
    async () => {
      const { printed } = await run(`
        const began = performance.now()
        await embedder.health()
        console.log(performance.now() - began)`)
      const load = Number(printed)
      expect(load).toBeGreaterThan(0)
      for (const share of [0, 0.3, 0.6, 0.75, 0.9]) {
        const ended = await run(`
          void embedder.health()
          await pause(${load * share})
          ${end}`)
        expect({ share, ...ended }).toMatchObject({ share, code: EXIT_CODE, signal: null })
      }
    },
    TIMEOUT
  )

  it(
    "ends as it means to while the model computes",
    async () => {
      for (const milliseconds of [0, 60, 150]) {
        const ended = await run(`
          await embedder.health()
          ${EMBED_MANY}
          await pause(${milliseconds})
          ${end}`)
        expect({ milliseconds, ...ended }).toMatchObject({ code: EXIT_CODE, signal: null })
      }
    },
    TIMEOUT
  )
})

withModel("a process that has nothing more to do", () => {
  it(
    "waits for the vectors that it asked for, and not for an idle model",
    async () => {
      const ended = await run(`
        const [vector] = await embedder.embed(["a whale"])
        console.log(vector.length)
        process.exitCode = ${EXIT_CODE}`)
      expect(ended).toEqual({ code: EXIT_CODE, signal: null, printed: "384\n" })
    },
    TIMEOUT
  )
})
