import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { until } from "../pgvector/until"

/*
 * Real servers with the weights of all-MiniLM-L6-v2, where the machine has them:
 *
 *   EMBEDDER_GGUF          all-MiniLM-L6-v2 as GGUF
 *   EMBEDDER_OLLAMA        the program `ollama`
 *   EMBEDDER_LLAMA_SERVER  the program `llama-server`; its libraries stand beside it
 */
export const { EMBEDDER_GGUF, EMBEDDER_OLLAMA, EMBEDDER_LLAMA_SERVER } = process.env

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
