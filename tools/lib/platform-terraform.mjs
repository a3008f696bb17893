import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { collect } from "./platform-context.mjs"
import { checkTerraform } from "./requirements.mjs"
import { filesBelow } from "./stamps.mjs"

const FOLDER = "terraform"
const LOCK = ".terraform.lock.hcl"

const isTest = (file) => file.endsWith(".tftest.hcl")

/** Folders with a configuration of their own. */
const findConfigurations = (root, group) => {
  const folder = join(root, FOLDER, group)
  if (!existsSync(folder)) return []
  const files = [...filesBelow(folder)].filter((file) => file.endsWith(".tf"))
  const folders = files.map((file) => relative(join(root, FOLDER), dirname(file)))
  return [...new Set(folders)].filter((path) => !path.split("/").includes("tests")).sort()
}

/** Runs Terraform with these settings alone: a user's own may name a mirror that isn't there. */
async function terraformOf(context, group, settings = "") {
  const file = join(context.folder("terraform-settings", group), "terraformrc")
  writeFileSync(file, settings)
  const env = { TF_CLI_CONFIG_FILE: file, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" }
  const terraform = (args, cwd) => context.try("terraform", args, { cwd, env })
  await checkTerraform(context.supervisor, env)
  return terraform
}

async function format(context) {
  const terraform = await terraformOf(context, "format")
  const found = collect()
  const args = ["fmt", "-check", "-recursive", "-diff", FOLDER]
  const { ok, output } = await terraform(args, context.root)
  found.case("terraform fmt", ok, output)
  return found.outcome()
}

/**
 * A copy of everything, to be initialised with the stand-in providers: the lock file then holds their
 * hashes, which must not get into the checkout, and the one that is there holds the real ones'.
 */
function copyTree(context, group) {
  const copy = context.folder(FOLDER, group)
  cpSync(context.path(FOLDER), copy, {
    recursive: true,
    filter: (file) => basename(file) !== ".terraform",
  })
  for (const file of filesBelow(copy)) if (basename(file) === LOCK) rmSync(file)
  return copy
}

/** `validate`, and `test` where there are tests, of each configuration of a group. */
async function configurations(context, group, paths) {
  const mirror = await context.tool("terraform-providers")
  const copy = copyTree(context, group)
  const run = await terraformOf(
    context,
    group,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`
  )
  const found = collect()
  for (const path of paths) {
    const cwd = join(copy, path)
    const terraform = (args) => run([...args, "-no-color"], cwd)
    const prepared = await terraform(["init", "-backend=false", "-input=false"])
    const validated = prepared.ok ? await terraform(["validate"]) : prepared
    found.case(`${path}: validate`, validated.ok, validated.output)
    if (!validated.ok || !hasTests(cwd)) continue
    const tested = await terraform(["test"])
    found.case(`${path}: test`, tested.ok, tested.output)
  }
  return found.outcome()
}

const hasTests = (folder) =>
  [folder, join(folder, "tests")].some(
    (place) => existsSync(place) && readdirSync(place).some(isTest)
  )

/** The checks of what lies below `terraform/`. */
export function terraformChecks(root) {
  if (!existsSync(join(root, FOLDER))) return []
  const groups = ["modules", "environments"].map((group) => ({
    group,
    paths: findConfigurations(root, group),
  }))
  return [
    { name: "terraform:format", run: format },
    ...groups
      .filter(({ paths }) => paths.length)
      .map(({ group, paths }) => ({
        name: `terraform:${group}`,
        run: (context) => configurations(context, group, paths),
      })),
  ]
}
