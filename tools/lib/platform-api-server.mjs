import { generateKeyPairSync, randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { request } from "node:https"
import { join } from "node:path"
import { findFreePort, waitFor } from "./network.mjs"
import { ToolError } from "./errors.mjs"

const HOST = "127.0.0.1"
const START_LIMIT_MS = 120_000
const TOKEN_BYTES = 24
const RSA_BITS = 2048
/** Where definitions take a moment until the server answers for them. */
const DISCOVERY_LIMIT_MS = 30_000
const OWNER_ONLY = 0o600

/** Merges what an apply must not change silently: the server refuses unknown fields and tells of doubts. */
const STRICT = "fieldValidation=Strict"
const MANAGER = "check-cluster"

const json = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return { message: text }
  }
}

/** Talks to an API server as its administrator. */
class ApiClient {
  #port
  #token
  #ca
  #resources = new Map()

  constructor({ port, token, ca }) {
    this.#port = port
    this.#token = token
    this.#ca = ca
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {{ body?: unknown, type?: string }} [options]
   * @returns {Promise<{ status: number, body: object, warnings: string[] }>}
   */
  ask(method, path, { body, type = "application/json" } = {}) {
    return new Promise((resolve, reject) => {
      const call = request({
        ...{ host: HOST, port: this.#port, method, path, ca: this.#ca },
        headers: { authorization: `Bearer ${this.#token}`, "content-type": type },
      })
      call.on("error", reject)
      call.on("response", (response) => {
        const chunks = []
        response.on("data", (chunk) => chunks.push(chunk))
        response.on("error", reject)
        response.on("end", () =>
          resolve({
            status: response.statusCode,
            body: json(Buffer.concat(chunks).toString("utf8")),
            warnings: [response.headers.warning ?? []].flat(),
          })
        )
      })
      call.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  /** Where objects of a kind live: their address, and whether they belong to a namespace. */
  async #resourceOf({ apiVersion, kind }) {
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    const key = `${apiVersion}/${kind}`
    if (!this.#resources.has(key)) {
      const { body } = await this.ask("GET", base)
      const found = body.resources?.find(
        (resource) => resource.kind === kind && !resource.name.includes("/")
      )
      if (!found) return undefined
      this.#resources.set(key, { base, plural: found.name, namespaced: found.namespaced })
    }
    return this.#resources.get(key)
  }

  /** An object's address, or undefined where the server knows no such kind. */
  async pathOf(object, namespace) {
    const resource = await this.#resourceOf(object)
    if (!resource) return undefined
    const { base, plural, namespaced } = resource
    const place = namespaced
      ? `/namespaces/${object.metadata.namespace ?? namespace}/${plural}`
      : `/${plural}`
    return `${base}${place}/${object.metadata.name}`
  }

  /**
   * Applies an object by server-side apply, strictly.
   *
   * @returns {Promise<{ ok: boolean, lines: string[], body?: object }>} `lines`: why it was refused, or
   *   the server's warnings, which count as a refusal.
   */
  async apply(object, namespace) {
    const path = await this.pathOf(object, namespace)
    if (!path) return { ok: false, lines: [`no such kind: ${object.apiVersion} ${object.kind}`] }
    const { status, body, warnings } = await this.ask(
      "PATCH",
      `${path}?fieldManager=${MANAGER}&${STRICT}`,
      { body: object, type: "application/apply-patch+yaml" }
    )
    const refused = status >= 300
    return { ok: !refused && !warnings.length, lines: refused ? [body.message] : warnings, body }
  }

  /** Whether a pod of that template would be let in; nothing is kept of it. */
  async tryPod(template, { name, namespace }) {
    const pod = {
      ...{ apiVersion: "v1", kind: "Pod" },
      metadata: { ...template.metadata, name },
      spec: template.spec,
    }
    const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All&${STRICT}`
    const { status, body, warnings } = await this.ask("POST", path, { body: pod })
    const refused = status >= 300
    return { ok: !refused && !warnings.length, lines: refused ? [body.message] : warnings }
  }

  /** Waits until the server answers for a kind that was just defined. */
  async waitForKind(object, { signal }) {
    await waitFor(async () => Boolean(await this.#resourceOf(object)), {
      ...{ what: `the kind ${object.kind}`, limitMs: DISCOVERY_LIMIT_MS, signal },
    })
  }
}

const keys = () =>
  generateKeyPairSync("rsa", {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  })

/**
 * Starts a real Kubernetes API: etcd and kube-apiserver on loopback, with no controller and no node, so
 * that objects are checked and kept, and nothing runs.
 *
 * @param {object} options
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @param {string} options.folder An empty folder for its data.
 * @param {{ etcd: string, apiServer: string }} options.programs
 * @returns {Promise<{ client: ApiClient, kubeconfig: string }>}
 * @throws {ToolError} It doesn't start.
 */
export async function startApiServer({ supervisor, folder, programs }) {
  const [clientPort, peerPort, port] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  const at = (name) => join(folder, name)
  const token = randomBytes(TOKEN_BYTES).toString("hex")
  const { publicKey, privateKey } = keys()
  const secret = (name, text) => writeFileSync(at(name), text, { mode: OWNER_ONLY })
  secret("account.key", privateKey)
  secret("account.pub", publicKey)
  secret("tokens.csv", `${token},admin,admin,system:masters\n`)
  mkdirSync(at("certificates"))

  const client = `http://${HOST}:${clientPort}`
  const peer = `http://${HOST}:${peerPort}`
  supervisor.start("etcd", programs.etcd, [
    ...["--name", "check", "--data-dir", at("etcd"), "--unsafe-no-fsync"],
    ...["--listen-client-urls", client, "--advertise-client-urls", client],
    ...["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer],
    ...["--initial-cluster", `check=${peer}`],
  ])
  const server = supervisor.start("kube-apiserver", programs.apiServer, [
    ...["--etcd-servers", client, "--bind-address", HOST, "--advertise-address", HOST],
    ...["--secure-port", String(port), "--endpoint-reconciler-type", "none"],
    ...["--cert-dir", at("certificates"), "--service-cluster-ip-range", "10.96.0.0/16"],
    ...["--authorization-mode", "RBAC", "--token-auth-file", at("tokens.csv")],
    ...["--service-account-issuer", "https://kubernetes.default.svc"],
    ...["--service-account-key-file", at("account.pub")],
    ...["--service-account-signing-key-file", at("account.key")],
  ])

  const certificate = join(at("certificates"), "apiserver.crt")
  let api
  await waitFor(
    async () => {
      if (!existsSync(certificate)) return false
      api ??= new ApiClient({ port, token, ca: readFileSync(certificate) })
      const answer = await api.ask("GET", "/readyz").catch(() => undefined)
      return answer?.status === 200
    },
    {
      what: "The Kubernetes API server",
      limitMs: START_LIMIT_MS,
      signal: supervisor.signal,
      failed: server.exited,
    }
  )
  if (!api) throw new ToolError("The Kubernetes API server wrote no certificate.")

  const kubeconfig = at("kubeconfig")
  const cluster = { server: `https://${HOST}:${port}`, "certificate-authority": certificate }
  secret(
    "kubeconfig",
    JSON.stringify({
      ...{ apiVersion: "v1", kind: "Config", "current-context": "check" },
      clusters: [{ name: "check", cluster }],
      users: [{ name: "admin", user: { token } }],
      contexts: [{ name: "check", context: { cluster: "check", user: "admin" } }],
    })
  )
  return { client: api, kubeconfig }
}
