import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { ToolError } from "./errors.mjs"
import { startApiServer } from "./platform-api-server.mjs"
import { environmentNames, findCharts, renderEnvironment } from "./platform-charts.mjs"
import { collect, NAMESPACE, PlatformContext, RELEASE } from "./platform-context.mjs"
import { WITHOUT_DEFINITION } from "./platform-tools.mjs"

const NEEDED = ["etcd", "kube-apiserver"]
/** Helm gives up a hook's job after this long. */
const HELM_TIMEOUT = "3m"
const JOB_POLL_MS = 200
/** The volumes that a controller adds to a pod of a StatefulSet. */
const withClaims = (template, claims = []) => ({
  ...template,
  spec: {
    ...template.spec,
    volumes: [
      ...(template.spec.volumes ?? []),
      ...claims.map(({ metadata: { name } }) => ({
        name,
        persistentVolumeClaim: { claimName: `${name}-0` },
      })),
    ],
  },
})
/** Kinds whose pods are tried, each with the place of its template. */
const TEMPLATES = {
  Deployment: ({ spec }) => spec.template,
  StatefulSet: ({ spec }) => withClaims(spec.template, spec.volumeClaimTemplates),
  Job: ({ spec }) => spec.template,
}
const CHART = "helm/libro-mind"

const titleOf = ({ kind, metadata }) => `${kind} ${metadata.name}`

/** A definition that takes anything, for a kind of which the real one can't be had. */
function openDefinition(kindOfGroup) {
  const [group, version, kind] = kindOfGroup.split("/")
  const singular = kind.toLowerCase()
  const plural = `${singular}s`
  return {
    ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, singular, plural },
      versions: [
        {
          ...{ name: version, served: true, storage: true },
          schema: {
            openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
          },
        },
      ],
    },
  }
}

/** What the checks on a real API server work with: one server for all of them, one after the other. */
export class ClusterContext extends PlatformContext {
  #server

  /** The API server, with every definition and the namespace in it. */
  server() {
    this.#server ??= this.#start()
    return this.#server
  }

  async #start() {
    const missing = NEEDED.filter((name) => !this.has(name))
    if (missing.length) {
      throw new ToolError(
        `${missing.join(" and ")} must be built first, once: \`npm run platform:tools\`.`
      )
    }
    const server = await startApiServer({
      supervisor: this.supervisor,
      folder: this.folder("api-server"),
      programs: { etcd: await this.tool("etcd"), apiServer: await this.tool("kube-apiserver") },
    })
    const { client } = server
    const folder = join(await this.tool("custom-resources"), "definitions")
    const definitions = [
      ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8"))),
      ...WITHOUT_DEFINITION.map(openDefinition),
    ]
    for (const definition of definitions) {
      const { status, body } = await client.ask(
        "POST",
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        { body: definition }
      )
      if (status >= 300) throw new ToolError(`${titleOf(definition)} was refused: ${body.message}`)
    }
    for (const { spec } of definitions) {
      const { name } = spec.versions.find(({ served }) => served)
      const kind = { apiVersion: `${spec.group}/${name}`, kind: spec.names.kind }
      await client.waitForKind(kind, { signal: this.supervisor.signal })
    }
    const { ok, lines } = await client.apply({
      ...{ apiVersion: "v1", kind: "Namespace" },
      metadata: {
        name: NAMESPACE,
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      },
    })
    if (!ok) throw new ToolError(`The namespace was refused: ${lines.join(" ")}`)
    return server
  }

  /** Runs Helm on the API server. */
  async helmOn(args) {
    const { kubeconfig } = await this.server()
    return this.helm([...args, "--namespace", NAMESPACE], {
      env: { ...this.helmEnvironment(), KUBECONFIG: kubeconfig },
    })
  }
}

/** Proves that the server refuses: what it lets in says something only then. */
async function refuses(context) {
  const { client } = await context.server()
  const found = collect()
  const deployment = (spec) => ({
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "refused" } },
    spec: {
      selector: { matchLabels: { app: "refused" } },
      template: {
        metadata: { labels: { app: "refused" } },
        spec: { containers: [{ name: "refused", image: "refused:1.0.0", ...spec }] },
      },
    },
  })
  const route = (rule) => ({
    ...{ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute" },
    ...{ metadata: { name: "refused" }, spec: { rules: [rule] } },
  })
  const objects = {
    "a misspelt field": deployment({ imagePullPolice: "Always" }),
    "a misspelt field of a custom resource": route({ backendRef: [] }),
    // Two filters of which there may be one: a rule that no schema holds.
    "what a rule of a custom resource forbids": route({
      filters: [
        { type: "RequestRedirect", requestRedirect: { statusCode: 301 } },
        { type: "RequestRedirect", requestRedirect: { statusCode: 302 } },
      ],
    }),
    "a kind that there isn't": { apiVersion: "v1", kind: "Shop", metadata: { name: "refused" } },
  }
  for (const [what, object] of Object.entries(objects)) {
    const { ok } = await client.apply(object, NAMESPACE)
    found.case(what, !ok, ["the API server let it in"])
  }
  const pod = await client.tryPod(
    deployment({ securityContext: { privileged: true } }).spec.template,
    {
      ...{ name: "refused", namespace: NAMESPACE },
    }
  )
  found.case("a privileged pod", !pod.ok, ["the API server let it in"])
  return found.outcome()
}

/** Deletes what an environment left, for the next. */
async function remove(client, objects) {
  for (const object of objects) {
    const path = await client.pathOf(object, NAMESPACE)
    if (path) await client.ask("DELETE", `${path}?propagationPolicy=Background`)
  }
}

/** Applies every object of an environment twice, and tries a pod of each workload. */
/**
 * What changes when an object is asked to be something else. Kinds with a status count that apart: the
 * server may write the status's defaults at the second application.
 */
const versionOf = ({ metadata }) => metadata.generation ?? metadata.resourceVersion

async function admits(context, charts, name) {
  const { client } = await context.server()
  const { files, error } = await renderEnvironment(context, charts, name)
  const found = collect()
  if (error) {
    found.case(name, false, error)
    return found.outcome()
  }
  const objects = (await Promise.all(files.map((file) => context.objects(file)))).flat()
  // Those of others, such as the gateway's, are there before the shop is.
  for (const name of new Set(objects.map(({ metadata }) => metadata.namespace ?? NAMESPACE))) {
    if (name === NAMESPACE) continue
    const { ok, lines } = await client.apply({
      ...{ apiVersion: "v1", kind: "Namespace", metadata: { name } },
    })
    if (!ok) found.case(`namespace ${name}`, false, lines)
  }
  const versions = new Map()
  for (const object of objects) {
    const { ok, lines, body } = await client.apply(object, NAMESPACE)
    found.case(titleOf(object), ok, lines)
    if (ok) versions.set(object, versionOf(body))
  }
  for (const [object, version] of versions) {
    const { ok, lines, body } = await client.apply(object, NAMESPACE)
    const changed = ok && versionOf(body) !== version
    const text = changed ? ["applied again, it isn't what it was"] : lines
    if (!ok || changed) found.case(`${titleOf(object)}, again`, false, text)
  }
  for (const object of objects) {
    const template = TEMPLATES[object.kind]?.(object)
    if (!template) continue
    const { ok, lines } = await client.tryPod(template, {
      ...{ name: object.metadata.name, namespace: NAMESPACE },
    })
    found.case(`a pod of ${titleOf(object)}`, ok, lines)
  }
  await remove(client, objects)
  return found.outcome()
}

/** Lets every Job succeed, as the controllers and nodes would that aren't there. */
async function playJobs(client, signal) {
  const path = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`
  while (!signal.aborted) {
    const { body } = await client.ask("GET", path)
    for (const { metadata, status, spec } of body.items ?? []) {
      if (status?.completionTime || spec.suspend) continue
      const now = new Date().toISOString().replace(/\.\d+Z$/, "Z")
      const condition = (type) => ({ type, status: "True", lastTransitionTime: now })
      await client.ask("PATCH", `${path}/${metadata.name}/status`, {
        type: "application/merge-patch+json",
        body: {
          status: {
            ...{ startTime: now, completionTime: now, succeeded: 1 },
            conditions: [condition("SuccessCriteriaMet"), condition("Complete")],
          },
        },
      })
    }
    await sleep(JOB_POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/**
 * The last version of the chart before the one in the checkout, put together; the checkout's own where the
 * history knows no other.
 *
 * @returns {Promise<{ folder: string, version: string }>}
 */
async function previousChart(context) {
  const { parse: parseYaml } = await import("yaml")
  const versionIn = (text) => parseYaml(text).version
  const git = (args) => context.try("git", args)
  const current = versionIn(readFileSync(context.path(CHART, "Chart.yaml"), "utf8"))
  const { ok, output } = await git(["log", "--format=%H", "--", `${CHART}/Chart.yaml`])
  for (const commit of ok ? output : []) {
    const file = await git(["show", `${commit}:${CHART}/Chart.yaml`])
    const version = file.ok && versionIn(file.output.join("\n"))
    if (!version || version === current) continue
    const folder = context.folder("previous")
    const archive = join(folder, "tree.tar")
    await context.supervisor.run("previous-chart", "sh", [
      ...["-c", 'git archive -o "$1" "$2" helm && tar -xf "$1" -C "$3"'],
      ...["sh", archive, commit, folder],
    ])
    await context.supervisor.run(
      "build-previous-chart",
      "bash",
      [join(folder, "helm", "build.sh")],
      {
        env: { ...context.helmEnvironment(), HELM: await context.tool("helm") },
      }
    )
    return { folder, version }
  }
  return { folder: await context.charts(), version: `${current}, the first` }
}

/** Installs the previous version by Helm, upgrades to this one, hooks included, and rolls back. */
async function upgrades(context, environment) {
  const { client } = await context.server()
  const found = collect()
  const previous = await previousChart(context)
  const now = await context.charts()
  const argumentsOf = (folder) => [
    ...[join(folder, CHART), "--timeout", HELM_TIMEOUT],
    ...environment.values.flatMap((file) => ["--values", join(folder, file)]),
  ]
  const steps = [
    [`install ${previous.version}`, ["install", RELEASE, ...argumentsOf(previous.folder)]],
    ["upgrade", ["upgrade", RELEASE, ...argumentsOf(now)]],
    ["upgrade again", ["upgrade", RELEASE, ...argumentsOf(now)]],
    ["rollback", ["rollback", RELEASE, "1", "--timeout", HELM_TIMEOUT]],
    ["uninstall", ["uninstall", RELEASE]],
  ]
  const end = new AbortController()
  const jobs = playJobs(client, AbortSignal.any([end.signal, context.supervisor.signal]))
  try {
    for (const [title, args] of steps) {
      const { ok, output } = await context.helmOn(args)
      found.case(title, ok, output)
      if (!ok) break
    }
  } finally {
    end.abort()
    await jobs
  }
  return found.outcome()
}

/** The checks on a real API server; they share a namespace, so each runs alone. */
export function findClusterChecks(root) {
  const charts = findCharts(root)
  const umbrella = charts.find(({ path }) => path === CHART)
  const alone = (name, run) => ({ name, weight: Infinity, after: ["install:root"], run })
  return [
    alone("refuses", refuses),
    ...environmentNames(charts).map((name) =>
      alone(`admits:${name}`, (context) => admits(context, charts, name))
    ),
    ...(umbrella?.environments ?? []).map((environment) =>
      alone(`upgrades:${environment.name}`, (context) => upgrades(context, environment))
    ),
  ]
}
