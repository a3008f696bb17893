import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileSha256 } from "./download.mjs"
import { ToolError } from "./errors.mjs"
import { ROOT } from "./paths.mjs"
import { programFromCheckout, writeInto } from "./platform-install.mjs"
import { hashContents } from "./stamps.mjs"

const SOURCE = join(ROOT, "tools", "terraform-schema-provider")
const PROGRAM = "terraform-schema-provider"
const PLATFORMS = { x64: "amd64", arm64: "arm64" }

/** npm packages that were generated from a provider's schema, and the provider's version that each describes. */
const PROVIDERS = [
  {
    name: "google",
    version: "6.50.0",
    package: "@cdktf/provider-google@16.12.1",
    sha256: "c13e11596542ffb7412d5f4caa9376525fbef88d18cdedac03c9b3c392a1fc80",
  },
  {
    name: "google-beta",
    version: "6.50.0",
    package: "@cdktf/provider-google-beta@16.12.1",
    sha256: "573cb241a3e378e79a3bd6a099caf3688d165b652b26fae260b65c9e3922acdf",
  },
  {
    name: "random",
    version: "3.7.2",
    package: "@cdktf/provider-random@12.0.1",
    sha256: "0985d2da0531360057251dd68b57a0353efe561f4f3b8d4bae483f9f2cffcbee",
  },
]

/** Fetches an npm package without installing it or running any of its code, and verifies it. */
async function fetchPackage({ name, package: spec, sha256 }, { work, supervisor }) {
  const to = mkdtempSync(join(work, "package-"))
  await supervisor.run(
    `fetch-provider-${name}`,
    "npm",
    ["pack", "--silent", "--ignore-scripts", "--pack-destination", to, spec],
    { cwd: work }
  )
  const archive = join(to, readdirSync(to)[0])
  const found = await fileSha256(archive)
  if (found !== sha256) {
    throw new ToolError(`what npm fetched as ${spec} is not the pinned file (sha256 ${found})`)
  }
  await supervisor.run(`unpack-provider-${name}`, "tar", ["-xzf", archive, "-C", to])
  return join(to, "package")
}

/**
 * Stand-ins of Terraform's providers, with nothing but their schemas: where the real ones can't be
 * downloaded, `validate`, and `test` with `mock_provider`, work all the same.
 */
export const terraformProviders = {
  version: hashContents([SOURCE], { salt: [JSON.stringify(PROVIDERS)] }).slice(0, 12),
  async install(draft, { supervisor }) {
    const work = mkdtempSync(join(draft, "work-"))
    await programFromCheckout({ directory: SOURCE, program: PROGRAM })(work, { supervisor })
    for (const provider of PROVIDERS) {
      const { name, version } = provider
      const unpacked = await fetchPackage(provider, { work, supervisor })
      const platform = `${process.platform}_${PLATFORMS[process.arch]}`
      const to = join(draft, "registry.terraform.io", "hashicorp", name, version, platform)
      mkdirSync(to, { recursive: true })
      const program = join(to, `terraform-provider-${name}_v${version}_x5`)
      copyFileSync(join(work, "bin", PROGRAM), program)
      chmodSync(program, 0o755)
      const args = [join(SOURCE, "extract.mjs"), unpacked, join(to, "schema.json")]
      await supervisor.run(`extract-provider-${name}`, process.execPath, args)
    }
    rmSync(work, { recursive: true })
    writeInto(join(draft, "README"), "Stand-ins of Terraform's providers: schemas only.\n")
  },
}
