import { readdirSync } from "node:fs"
import path from "node:path"
import type { ExecArgs } from "@medusajs/framework/types"

type Script = (args: ExecArgs) => Promise<void>

/** All scripts of the plugin, by their file's name. */
const SCRIPTS = readdirSync(__dirname)
  .filter((file) => !file.includes(".spec."))
  .map((file) => [file, jest.requireActual(path.join(__dirname, file)).default as Script] as const)
  .filter(([, script]) => script)

/** The words behind `medusa exec FILE`, and what Medusa makes of them. */
const SPELLINGS = [
  { words: ["usage"], args: ["usage"] },
  { words: ["--", "--help"], args: [] },
  { words: ["--", "-h"], args: [] },
]

const CASES = SCRIPTS.flatMap(([file, script]) =>
  SPELLINGS.map((spelling) => ({ file, script, ...spelling }))
)

it("covers every script", () => expect(SCRIPTS.length).toBeGreaterThanOrEqual(6))

it.each(CASES)("$file explains itself for $words and does nothing", async (spelling) => {
  const { file, script, words, args } = spelling
  const log = jest.spyOn(console, "log").mockImplementation(() => {})
  const argv = process.argv
  process.argv = ["node", "medusa", "exec", file, ...words]
  try {
    // Without a container nothing can be done.
    await script({ args } as unknown as ExecArgs)
    const printed = log.mock.calls.flat().join("\n")
    expect(printed).toMatch(/^Usage: npx medusa exec \.\//)
    expect(printed).toContain(path.parse(file).name)
  } finally {
    process.argv = argv
    log.mockRestore()
  }
})
