import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { ROOT } from "./lib/paths.mjs"
import { findPlatformChecks } from "./lib/platform-checks.mjs"
import { PlatformContext } from "./lib/platform-context.mjs"
import { fetchGoModule, writeInto } from "./lib/platform-install.mjs"
import { findFaults } from "./lib/platform-references.mjs"
import { toJsonSchema } from "./lib/platform-schemas.mjs"
import { isInstalled } from "./lib/platform-tools.mjs"
import { Supervisor } from "./lib/process.mjs"

/** Each check has to pass a small tree that is right, and to fail the same tree with one fault in it. */

let folder
let supervisor
before(() => {
  folder = mkdtempSync(join(tmpdir(), "libro-platform-"))
  supervisor = new Supervisor({ logDirectory: join(folder, "logs") })
})
after(async () => {
  await supervisor.stopAll()
  rmSync(folder, { recursive: true })
})

let trees = 0
/** Runs one check on a tree of these files. */
async function run(name, files, options = {}) {
  const root = join(folder, `tree-${(trees += 1)}`)
  for (const [path, text] of Object.entries(files)) writeInto(join(root, path), text)
  const check = findPlatformChecks(root).find((candidate) => candidate.name === name)
  assert.ok(check, `${name} isn't among the checks of ${Object.keys(files)}`)
  const home = join(folder, `home-${trees}`)
  const context = new PlatformContext({ supervisor, home, root, report() {} })
  return check.run(Object.assign(context, options))
}

/**
 * Proves that a check can fail.
 *
 * @param {string} name
 * @param {Record<string, string>} good Files by path.
 * @param {Record<string, { files: Record<string, string>, says: RegExp }>} faults What is wrong, in words;
 *   the files that differ; and what the check has to say of it.
 */
function proves(name, good, faults, { heavy } = {}) {
  const skip = heavy && !isInstalled(heavy) ? `${heavy} isn't built on this machine` : false
  describe(name, () => {
    it("passes what is right", { skip }, async () => {
      const outcome = await run(name, good)
      assert.deepEqual(outcome.failures, [])
      assert.ok(outcome.passed > 0)
    })

    for (const [fault, { files, says }] of Object.entries(faults)) {
      it(`fails ${fault}`, { skip }, async () => {
        const outcome = await run(name, { ...good, ...files })
        assert.ok(outcome.failed > 0, "it passed")
        assert.match(outcome.failures.join("\n"), says)
      })
    }
  })
}

const edit = (text, from, to) => {
  assert.ok(text.includes(from), `"${from}" isn't in the text`)
  return text.replace(from, to)
}

const workflow = `name: CI
on: push
permissions:
  contents: read
concurrency:
  group: ci
  cancel-in-progress: true
jobs:
  test:
    name: Test
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - run: echo "$HOME"
`
const WORKFLOW = ".github/workflows/ci.yml"
proves(
  "workflows:actionlint",
  { [WORKFLOW]: workflow },
  {
    "a key that isn't one": {
      files: { [WORKFLOW]: edit(workflow, "runs-on", "run-on") },
      says: /unexpected key "run-on"/,
    },
    "a step's faulty shell": {
      files: { [WORKFLOW]: edit(workflow, 'echo "$HOME"', "cd $HOME/$1") },
      says: /SC2086/,
    },
  }
)
proves(
  "workflows:zizmor",
  { [WORKFLOW]: workflow },
  {
    "an action that isn't pinned by commit": {
      files: {
        [WORKFLOW]: edit(workflow, /@08c\w+ # v5\.0\.0/.exec(workflow)[0], "@v5"),
      },
      says: /unpinned-uses/,
    },
    "a stranger's text in a script": {
      files: {
        [WORKFLOW]: edit(workflow, '"$HOME"', '"${{ github.event.head_commit.message }}"'),
      },
      says: /template-injection/,
    },
    "an action of our own that pins nothing": {
      files: {
        ".github/actions/setup/action.yml": `name: Set up
description: Sets up.
runs:
  using: composite
  steps:
    - uses: actions/setup-node@v5
`,
      },
      says: /unpinned-uses/,
    },
    "new versions that are taken at once": {
      files: {
        ".github/dependabot.yml": `version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule: { interval: weekly }
`,
      },
      says: /dependabot-cooldown/,
    },
  }
)

const dockerfile = "FROM node:22.20.0-bookworm-slim\nUSER node\n"
proves(
  "images:hadolint",
  { "backend/Dockerfile": dockerfile },
  {
    "an image of no version": {
      files: { "backend/Dockerfile": edit(dockerfile, ":22.20.0-bookworm-slim", "") },
      says: /DL3006/,
    },
  }
)

const composeFile = `services:
  server:
    image: libro-mind/backend
    build: { context: backend }
    environment: { DATABASE_URL: "postgres://postgres/shop" }
    ports: ["127.0.0.1:9000:9000"]
    depends_on:
      postgres: { condition: service_healthy }
  postgres:
    image: pgvector/pgvector:0.8.6-pg18
    volumes: ["./settings.conf:/settings.conf:ro", "data:/var/lib/postgresql"]
volumes:
  data:
`
const composed = (from, to) => ({ "docker-compose.yml": edit(composeFile, from, to) })
proves(
  "images:compose",
  {
    "docker-compose.yml": composeFile,
    "settings.conf": "",
    "backend/Dockerfile": dockerfile,
    "backend/config.ts": "export const url = process.env.DATABASE_URL\n",
  },
  {
    "a misspelt key": { files: composed("ports:", "prots:"), says: /prots/ },
    "a service that isn't there": { files: composed("postgres: {", "postgre: {"), says: /postgre/ },
    "a volume that isn't there": { files: composed("\n  data:", "\n  dat:"), says: /volume data/ },
    "a variable that a user must set to start anything": {
      files: composed("postgres://postgres/shop", "${DATABASE_URL:?set it}"),
      says: /set it/,
    },
    "a variable that nothing reads": {
      files: composed("{ DATABASE_URL:", "{ DATABASE_URI:"),
      says: /server\n.*nothing reads DATABASE_URI/,
    },
    "an image of no exact version": {
      files: composed(":0.8.6-pg18", ":pg18"),
      says: /exact version/,
    },
    "a port for everybody": { files: composed("127.0.0.1:9000:", "9000:"), says: /port 9000/ },
    "a file that isn't there": {
      files: composed("./settings", "./setting"),
      says: /setting\.conf/,
    },
    "a Dockerfile that isn't there": {
      files: composed("context: backend", "context: server"),
      says: /server\/Dockerfile/,
    },
  }
)

const script = '#!/usr/bin/env bash\nset -euo pipefail\nrm -f "$1"\n'
const faultyScript = edit(script, '"$1"', "$1")
proves(
  "shell:shellcheck",
  { "tools/tidy.sh": script },
  {
    "a variable without quotes": { files: { "tools/tidy.sh": faultyScript }, says: /SC2086/ },
    "a script without an ending": { files: { ".ci/run": faultyScript }, says: /\.ci\/run line 3/ },
  }
)

const chart = {
  "helm/shop/Chart.yaml":
    "apiVersion: v2\nname: shop\nversion: 1.0.0\nicon: https://libro-mind.example/icon.svg\n",
  "helm/shop/values.yaml": "replicas: 2\n",
  "helm/shop/values-dev.yaml": "replicas: 1\n",
  "helm/shop/values-production.yaml": "replicas: 3\n",
  "helm/shop/values.schema.json": JSON.stringify({
    type: "object",
    additionalProperties: false,
    properties: { global: { type: "object" }, replicas: { type: "integer", minimum: 1 } },
  }),
  "helm/shop/templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: { app: shop }
  template:
    metadata:
      labels: { app: shop }
    spec:
      containers:
        - name: shop
          image: shop:1.0.0
          ports:
            - { name: http, containerPort: 8000 }
`,
  "helm/shop/templates/scaler.yaml": `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: shop
spec:
  scaleTargetRef: { name: shop }
  maxReplicaCount: 3
  triggers:
    - type: cpu
      metadata: { value: "70" }
`,
  "helm/shop/tests/shop_test.yaml": `suite: shop
templates: [templates/deployment.yaml]
tests:
  - it: has two replicas
    asserts:
      - equal: { path: spec.replicas, value: 2 }
`,
}
const changed = (path, from, to) => ({ [path]: edit(chart[path], from, to) })
proves("charts:lint", chart, {
  "a value that the schema forbids, in one environment": {
    files: { "helm/shop/values-production.yaml": "replicas: 0\n" },
    says: /helm\/shop, production[^]*replicas/,
  },
  "a template function that there isn't": {
    files: changed("helm/shop/templates/deployment.yaml", ".Values.replicas", "nothing 1"),
    says: /function "nothing" not defined/,
  },
})
proves("charts:schemas", chart, {
  "a misspelt field": {
    files: changed("helm/shop/templates/deployment.yaml", "containerPort", "containerport"),
    says: /Deployment shop is invalid[^]*containerport/,
  },
  "a misspelt field of a custom resource": {
    files: changed("helm/shop/templates/scaler.yaml", "maxReplicaCount", "maxReplicas"),
    says: /ScaledObject shop is invalid[^]*maxReplicas/,
  },
  "a kind that nobody knows": {
    files: changed("helm/shop/templates/scaler.yaml", "ScaledObject", "ScaleObject"),
    says: /could not find schema for ScaleObject/,
  },
  "a fault that only an upgrade has": {
    files: changed(
      "helm/shop/templates/deployment.yaml",
      "{{ .Values.replicas }}",
      "{{ if .Release.IsUpgrade }}many{{ else }}1{{ end }}"
    ),
    says: /helm\/shop, dev, upgrade/,
  },
})
proves("charts:unit", chart, {
  "another value than expected": {
    files: { "helm/shop/values.yaml": "replicas: 4\n" },
    says: /has two replicas/,
  },
})
proves("charts:references", chart, {
  "a scaler of nothing": {
    files: changed("helm/shop/templates/scaler.yaml", "name: shop }", "name: shop-web }"),
    says: /ScaledObject shop names a Deployment that isn't there: shop-web/,
  },
})

describe("findFaults", () => {
  const object = (kind, spec, { apiVersion = "v1", name = "shop", labels } = {}) => ({
    ...{ apiVersion, kind, metadata: { name, labels }, spec },
  })
  const container = {
    name: "shop",
    ports: [{ name: "http", containerPort: 8000 }],
    readinessProbe: { httpGet: { port: "http" } },
  }
  const deployment = (spec = {}) =>
    object("Deployment", {
      template: {
        metadata: { labels: { app: "shop" } },
        spec: { serviceAccountName: "shop", containers: [container], ...spec },
      },
    })
  const service = object(
    "Service",
    { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
    { labels: { app: "shop" } }
  )
  const sound = [deployment(), service, object("ServiceAccount")]
  const selector = (app) => ({ matchLabels: { app } })
  const principal = (name) => ({
    rules: [{ from: [{ source: { principals: [`cluster.local/ns/libro-mind/sa/${name}`] } }] }],
  })

  const cases = {
    "a scaler's target": [
      object("HorizontalPodAutoscaler", { scaleTargetRef: { kind: "Deployment", name: "shop" } }),
      object("HorizontalPodAutoscaler", { scaleTargetRef: { kind: "StatefulSet", name: "shop" } }),
      "names a StatefulSet that isn't there: shop",
    ],
    "a budget's pods": [
      object("PodDisruptionBudget", { selector: selector("shop") }),
      object("PodDisruptionBudget", { selector: selector("web") }),
      'selects no pod (selector: {"matchLabels":{"app":"web"}})',
    ],
    "a policy's peer": [
      object("NetworkPolicy", {
        podSelector: selector("shop"),
        ingress: [{ from: [{ podSelector: selector("shop") }] }],
      }),
      object("NetworkPolicy", {
        podSelector: selector("shop"),
        ingress: [{ from: [{ podSelector: selector("web") }] }],
      }),
      'selects no pod (peer: {"matchLabels":{"app":"web"}})',
    ],
    "a service's port": [
      service,
      { ...service, spec: { ...service.spec, ports: [{ port: 80, targetPort: "web" }] } },
      "sends port 80 to web, which no container has",
    ],
    "a monitor's port": [
      object("ServiceMonitor", { selector: selector("shop"), endpoints: [{ port: "http" }] }),
      object("ServiceMonitor", { selector: selector("shop"), endpoints: [{ port: "metrics" }] }),
      "scrapes a port that no selected Service has: metrics",
    ],
    "a destination's host": [
      object("DestinationRule", { host: "shop.libro-mind.svc.cluster.local" }),
      object("DestinationRule", { host: "web.libro-mind.svc.cluster.local" }),
      "names a Service that isn't there: web",
    ],
    "a route's port": [
      object("HTTPRoute", { rules: [{ backendRefs: [{ name: "shop", port: 80 }] }] }),
      object("HTTPRoute", { rules: [{ backendRefs: [{ name: "shop", port: 8000 }] }] }),
      "names a port of shop that isn't there: 8000",
    ],
    "a virtual service's destination": [
      object("VirtualService", { http: [{ route: [{ destination: { host: "shop" } }] }] }),
      object("VirtualService", { http: [{ route: [{ destination: { host: "web" } }] }] }),
      "names a Service that isn't there: web",
    ],
    "a permitted account": [
      object("AuthorizationPolicy", principal("shop")),
      object("AuthorizationPolicy", principal("web")),
      "lets in a ServiceAccount that isn't there: web",
    ],
    "a probe's port": [
      deployment(),
      deployment({
        containers: [{ ...container, livenessProbe: { tcpSocket: { port: "web" } } }],
      }),
      "asks a port that shop doesn't have (livenessProbe): web",
    ],
    "a config map": [
      deployment({ volumes: [{ name: "data", configMap: { name: "other", optional: true } }] }),
      deployment({ volumes: [{ name: "data", configMap: { name: "other" } }] }),
      "reads a ConfigMap that isn't there: other",
    ],
    "a mounted volume": [
      deployment({ volumes: [{ name: "tmp", emptyDir: {} }] }),
      deployment({ containers: [{ ...container, volumeMounts: [{ name: "tmp" }] }] }),
      "mounts a volume that isn't there in shop: tmp",
    ],
  }
  for (const [what, [good, bad, fault]] of Object.entries(cases)) {
    it(`knows whether ${what} is there`, () => {
      assert.deepEqual(findFaults([...sound, good]), [])
      assert.deepEqual(findFaults([...sound, bad]), [`${bad.kind} shop ${fault}`])
    })
  }
})

const rules = `groups:
  - name: search
    rules:
      - record: job:searches:rate5m
        expr: sum by (job) (rate(searches_total[5m]))
      - alert: NoSearches
        expr: job:searches:rate5m == 0
        for: 10m
        labels:
          severity: page
        annotations:
          summary: Nobody finds anything.
          runbook_url: https://libro-mind.example/docs/runbooks/no-searches.md
`
const ruleTests = `rule_files: [../rules/search.yaml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: searches_total{job="backend"}
        values: 5+0x30
    alert_rule_test:
      - alertname: NoSearches
        eval_time: 20m
        exp_alerts:
          - exp_labels: { severity: page, job: backend }
            exp_annotations:
              summary: Nobody finds anything.
              runbook_url: https://libro-mind.example/docs/runbooks/no-searches.md
`
const RULES = "observability/prometheus/rules/search.yaml"
const RULE_TESTS = "observability/prometheus/tests/search.yaml"
const prometheus = {
  [RULES]: rules,
  [RULE_TESTS]: ruleTests,
  "docs/runbooks/no-searches.md": "# No searches\n",
  "observability/prometheus/prometheus.yml":
    "scrape_configs:\n  - job_name: backend\n    static_configs:\n      - targets: [backend:9464]\n",
}
proves("prometheus:rules", prometheus, {
  "an expression that isn't one": {
    files: { [RULES]: edit(rules, "[5m]))", "[5m])") },
    says: /parse error/,
  },
})
proves("prometheus:tests", prometheus, {
  "an alert that doesn't fire": {
    files: { [RULES]: edit(rules, "== 0", "> 0") },
    says: /NoSearches/,
  },
})
proves("prometheus:config", prometheus, {
  "a key that isn't one": {
    files: { "observability/prometheus/prometheus.yml": "scrape_config: []\n" },
    says: /field scrape_config not found/,
  },
})
proves("prometheus:alerts", prometheus, {
  "a runbook that isn't there": {
    files: { [RULES]: edit(rules, "no-searches.md", "silence.md") },
    says: /NoSearches[^]*docs\/runbooks\/silence\.md, which isn't there/,
  },
  "an alert without a severity": {
    files: { [RULES]: edit(rules, "severity: page", "team: shop") },
    says: /has no label `severity`/,
  },
  "an alert that fires in no test": {
    files: { [RULE_TESTS]: edit(ruleTests, "alertname: NoSearches", "alertname: Other") },
    says: /fires in no test/,
  },
})

const dashboard = JSON.stringify({
  ...{ uid: "shop", title: "Shop", schemaVersion: 39, editable: false },
  ...{ annotations: { list: [] }, templating: { list: [] } },
  panels: [
    {
      ...{ id: 1, type: "timeseries", title: "Searches", description: "Searches a second." },
      gridPos: { x: 0, y: 0, w: 12, h: 8 },
      datasource: { type: "prometheus", uid: "${datasource}" },
      fieldConfig: { defaults: { unit: "reqps" }, overrides: [] },
      targets: [
        {
          refId: "A",
          expr: 'sum(rate(searches_total{job=~"$job"}[$__rate_interval])) by (${by:csv})',
        },
      ],
    },
  ],
})
const BOARD = "observability/grafana/dashboards/shop.json"
const withBoard = (from, to) => ({ [BOARD]: edit(dashboard, from, to) })
proves(
  "dashboards",
  { [BOARD]: dashboard },
  {
    "a query that isn't one": { files: withBoard("sum(", "sum(("), says: /parse error/ },
    "a misspelt key": { files: withBoard('"gridPos"', '"gridpos"'), says: /gridpos/ },
    "a value of the wrong type": { files: withBoard('"w":12', '"w":"12"'), says: /gridPos\.w/ },
    "a data source of one installation": {
      files: withBoard("${datasource}", "P1809F7CD0C75ACF3"),
      says: /instead of the variable/,
    },
    "a panel without a unit": { files: withBoard('"unit":"reqps"', ""), says: /has no unit/ },
    "two with one uid": {
      files: { "observability/grafana/dashboards/other.json": dashboard },
      says: /its uid is that of/,
    },
    "what isn't JSON": { files: { [BOARD]: dashboard.slice(1) }, says: /JSON/ },
  }
)

const bucket = `resource "google_storage_bucket" "backups" {
  name     = var.name
  location = "EU"
}

variable "name" {
  type = string
}

output "location" {
  value = google_storage_bucket.backups.location
}
`
const bucketTest = `mock_provider "google" {}

variables {
  name = "backups"
}

run "stays_in_europe" {
  command = plan

  assert {
    condition     = output.location == "EU"
    error_message = "Backups leave Europe."
  }
}
`
const BUCKET = "terraform/modules/bucket/main.tf"
const terraform = {
  [BUCKET]: bucket,
  "terraform/modules/bucket/tests/bucket.tftest.hcl": bucketTest,
  "terraform/environments/dev/main.tf": `module "backups" {
  source = "../../modules/bucket"
  name   = "backups"
}
`,
}
proves("terraform:format", terraform, {
  "spaces that don't line up": {
    files: { [BUCKET]: edit(bucket, "name     =", "name =") },
    says: /main\.tf/,
  },
})
proves("terraform:modules", terraform, {
  "an argument that there isn't": {
    files: { [BUCKET]: edit(bucket, "location =", "place    =") },
    says: /modules\/bucket: validate[^]*place/,
  },
  "an assertion that doesn't hold": {
    files: { [BUCKET]: edit(bucket, '"EU"', '"US"') },
    says: /modules\/bucket: test[^]*Backups leave Europe/,
  },
})
proves("terraform:environments", terraform, {
  "a module's variable that isn't set": {
    files: {
      "terraform/environments/dev/main.tf":
        'module "backups" {\n  source = "../../modules/bucket"\n}\n',
    },
    says: /environments\/dev: validate[^]*"name" is required/,
  },
})

const mesh = {
  ...chart,
  "istio/mesh/Chart.yaml": "apiVersion: v2\nname: mesh\nversion: 1.0.0\n",
  "istio/mesh/templates/rules.yaml": `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: shop
spec:
  hosts: [shop]
  http:
    - route:
        - destination: { host: shop, subset: stable }
      timeout: 5s
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: shop
spec:
  host: shop
  subsets:
    - name: stable
      labels: { app: shop }
`,
  "helm/shop/templates/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector: { app: shop }
  ports:
    - { name: http, port: 80, targetPort: http }
`,
}
const MESH = "istio/mesh/templates/rules.yaml"
const withMesh = (from, to) => ({ [MESH]: edit(mesh[MESH], from, to) })
proves(
  "istio:validate",
  mesh,
  { "a misspelt field": { files: withMesh("timeout:", "time_out:"), says: /time_out/ } },
  { heavy: "istioctl" }
)
proves(
  "istio:analyze",
  mesh,
  {
    "a subset that there isn't": {
      files: withMesh("subset: stable", "subset: canary"),
      says: /IST0101/,
    },
  },
  { heavy: "istioctl" }
)
const routing = "route: { receiver: team }\nreceivers:\n  - name: team\n"
proves(
  "alertmanager:config",
  { "observability/alertmanager/alertmanager.yml": routing },
  {
    "a receiver that there isn't": {
      files: {
        "observability/alertmanager/alertmanager.yml": edit(
          routing,
          "- name: team",
          "- name: other"
        ),
      },
      says: /undefined receiver "team"/,
    },
  },
  { heavy: "amtool" }
)
const tracing = `service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [jaeger_storage_exporter]
extensions:
  jaeger_storage:
    backends:
      memory: { memory: { max_traces: 1000 } }
  jaeger_query:
    storage: { traces: memory }
receivers:
  otlp:
    protocols:
      http: { endpoint: "127.0.0.1:4318" }
exporters:
  jaeger_storage_exporter: { trace_storage: memory }
`
proves(
  "jaeger:config",
  { "observability/jaeger/config.yaml": tracing },
  {
    "a misspelt key": {
      files: { "observability/jaeger/config.yaml": edit(tracing, "trace_storage", "trace_store") },
      says: /trace_store/,
    },
  },
  { heavy: "jaeger" }
)

describe("a heavy tool that nobody built", () => {
  for (const [name, files] of Object.entries({
    "istio:analyze": mesh,
    "istio:validate": mesh,
    "alertmanager:config": { "observability/alertmanager/alertmanager.yml": routing },
    "jaeger:config": { "observability/jaeger/config.yaml": tracing },
  })) {
    it(`leaves ${name} out, and says so`, async () => {
      const outcome = await run(name, files, { has: () => false })
      assert.deepEqual(
        { passed: outcome.passed, failed: outcome.failed, skipped: outcome.skipped },
        { passed: 0, failed: 0, skipped: 1 }
      )
      assert.match(outcome.leftOut, /npm run platform:tools/)
    })
  }
})

describe("fetchGoModule", () => {
  const pin = {
    module: "github.com/yannh/kubeconform",
    version: "v0.8.0",
    sum: "h1:loDYd3a3spjIFrauqW67CDKF55Oo9R6uvC8AvpVd4ug=",
  }

  it("fetches the module that is pinned", async () => {
    const { directory } = await fetchGoModule(supervisor, pin)
    assert.match(readFileSync(join(directory, "go.mod"), "utf8"), /yannh\/kubeconform/)
  })

  it("refuses one whose hash is another", async () => {
    const other = { ...pin, sum: "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }
    await assert.rejects(fetchGoModule(supervisor, other), {
      name: "ToolError",
      message: /is not the pinned module/,
    })
  })
})

describe("toJsonSchema", () => {
  it("closes objects, unless they say that they are open", () => {
    assert.deepEqual(toJsonSchema({ properties: { a: { type: "string" } } }), {
      properties: { a: { type: "string" } },
      additionalProperties: false,
    })
    const open = { properties: {}, "x-kubernetes-preserve-unknown-fields": true }
    assert.deepEqual(toJsonSchema(open), open)
  })

  it("takes a field of that name for a field, not for the word of the schema", () => {
    const { properties } = toJsonSchema({
      properties: { default: { nullable: true, type: "string" } },
    })
    assert.deepEqual(properties, { default: { type: ["string", "null"] } })
  })

  it("takes a number or a string where Kubernetes does", () => {
    assert.deepEqual(toJsonSchema({ "x-kubernetes-int-or-string": true }), {
      oneOf: [{ type: "string" }, { type: "integer" }],
    })
  })
})

describe("the checks of this checkout", () => {
  it("are there for everything that it holds", () => {
    const names = findPlatformChecks(ROOT).map(({ name }) => name)
    for (const name of ["charts:lint", "charts:schemas", "charts:unit", "shell:shellcheck"]) {
      assert.ok(names.includes(name), name)
    }
  })
})
