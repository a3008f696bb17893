import { existsSync, readFileSync } from "node:fs"
import { basename, delimiter, dirname, join, relative } from "node:path"
import { collect } from "./platform-context.mjs"
import { filesBelow } from "./stamps.mjs"

const WORKFLOWS = ".github/workflows"
/** What zizmor reads besides: actions of our own, and what brings new versions. */
const BESIDE_WORKFLOWS = /^\.github\/(actions\/.+\/action|dependabot)\.ya?ml$/
const SHELL = /^#!.*\b(ba|da)?sh\b/
/** Long enough for a shebang. */
const SHEBANG_BYTES = 64
const NAMES = {
  dockerfile: /^(.*\.)?Dockerfile(\..*)?$/,
  shell: /\.(sh|bash)$/,
  /** Hooks and the like: programs without an ending. */
  bare: /^[^.]+$/,
}

const isShell = (file) => {
  const name = basename(file)
  if (NAMES.shell.test(name)) return true
  if (!NAMES.bare.test(name)) return false
  return SHELL.test(readFileSync(file).subarray(0, SHEBANG_BYTES).toString("utf8"))
}

/** One run over all files; a linter names the file itself. */
async function lintAll(context, files, program, args, options) {
  const found = collect()
  for (const file of files) {
    const { ok, output } = await context.try(program, [...args, file], options)
    found.case(file, ok, output)
  }
  return found.outcome()
}

async function actionlint(context, files) {
  // It has shellcheck look at what a step runs.
  const path = [dirname(await context.tool("shellcheck")), process.env.PATH].join(delimiter)
  const program = await context.tool("actionlint")
  return lintAll(context, files, program, ["-no-color"], { env: { PATH: path } })
}

/** Unpinned actions, permissions that nobody needs, text of strangers in a script. */
const zizmor = async (context, files) =>
  lintAll(context, files, await context.tool("zizmor"), [
    ...["--offline", "--no-progress", "--color=never", "--persona=regular"],
  ])

const hadolint = async (context, files) =>
  lintAll(context, files, await context.tool("hadolint"), [
    ...["--no-color", "--failure-threshold", "warning"],
  ])

const shellcheck = async (context, files) =>
  lintAll(context, files, await context.tool("shellcheck"), [
    ...["--color=never", "--external-sources", "--source-path=SCRIPTDIR"],
  ])

/** The checks of files that stand on their own. */
export function linterChecks(root) {
  const all = [...filesBelow(root)]
  const workflows = existsSync(join(root, WORKFLOWS))
    ? all.filter((file) => dirname(file) === join(root, WORKFLOWS) && /\.ya?ml$/.test(file))
    : []
  const check = (name, run, files) =>
    files.length > 0 && {
      name,
      run: (context) =>
        run(
          context,
          files.map((file) => relative(root, file))
        ),
    }
  return [
    check("workflows:actionlint", actionlint, workflows),
    check("workflows:zizmor", zizmor, [
      ...workflows,
      ...all.filter((file) => BESIDE_WORKFLOWS.test(relative(root, file))),
    ]),
    check(
      "images:hadolint",
      hadolint,
      all.filter((file) => NAMES.dockerfile.test(basename(file)))
    ),
    check("shell:shellcheck", shellcheck, all.filter(isShell)),
  ].filter(Boolean)
}
