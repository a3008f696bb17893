import { NAMESPACE } from "./platform-context.mjs"

const WORKLOADS = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"])
/** What CloudNativePG makes of a Cluster: services of these endings, and pods with a label. */
const CLUSTER_SERVICES = ["rw", "ro", "r"]
const CLUSTER_PORT = { name: "tcp-postgres", port: 5432, targetPort: 5432 }
const CLUSTER_LABEL = "cnpg.io/cluster"
const CLUSTER_PODS = { "cnpg.io/podRole": "instance" }
const SERVICE_ACCOUNT = /^cluster\.local\/ns\/([^/]+)\/sa\/([^/]+)$/
/** A host of Kubernetes, in short or in full. */
const SERVICE_HOST = /^([^.]+)(?:\.([^.]+)(?:\.svc(?:\.cluster\.local)?)?)?$/

const titleOf = ({ kind, metadata }) => `${kind} ${metadata.name}`
const asList = (value) => (value === undefined ? [] : [value].flat())

const podSpecOf = ({ kind, spec }) => (kind === "CronJob" ? spec.jobTemplate.spec : spec).template

/** Whether a selector, of labels or of expressions, takes an object with these labels. */
export function selects(selector = {}, labels = {}) {
  const { matchLabels = {}, matchExpressions = [] } = selector
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator === "In") return values.includes(labels[key])
      if (operator === "NotIn") return !values.includes(labels[key])
      return (operator === "Exists") === key in labels
    })
  )
}

/** The pods that will be: those of workloads, and those that an operator makes. */
function podsOf(objects) {
  const workloads = objects
    .filter(({ kind }) => WORKLOADS.has(kind))
    .map((workload) => {
      const { metadata, spec } = podSpecOf(workload)
      const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
      return {
        ...{ of: titleOf(workload), labels: metadata?.labels ?? {}, spec, containers },
        ports: containers.flatMap(({ ports = [] }) => ports),
      }
    })
  const clusters = objects
    .filter(({ kind, apiVersion }) => kind === "Cluster" && apiVersion.startsWith("postgresql"))
    .map((cluster) => ({
      of: titleOf(cluster),
      labels: {
        ...cluster.spec.inheritedMetadata?.labels,
        ...CLUSTER_PODS,
        [CLUSTER_LABEL]: cluster.metadata.name,
      },
      ports: [
        { name: "postgresql", containerPort: CLUSTER_PORT.port },
        { name: "metrics", containerPort: 9187 },
      ],
    }))
  return [...workloads, ...clusters]
}

function servicesOf(objects) {
  const own = objects
    .filter(({ kind, apiVersion }) => kind === "Service" && apiVersion === "v1")
    .map(({ metadata, spec }) => ({
      ...{ name: metadata.name, labels: metadata.labels ?? {}, ports: spec.ports ?? [] },
    }))
  const ofClusters = objects
    .filter(({ kind, apiVersion }) => kind === "Cluster" && apiVersion.startsWith("postgresql"))
    .flatMap(({ metadata }) =>
      CLUSTER_SERVICES.map((ending) => ({
        ...{ name: `${metadata.name}-${ending}`, labels: {}, ports: [CLUSTER_PORT] },
      }))
    )
  return [...own, ...ofClusters]
}

/** Hosts outside that the mesh was told of. */
const outsideHosts = (objects) =>
  objects.filter(({ kind }) => kind === "ServiceEntry").flatMap(({ spec }) => spec.hosts)

/**
 * What the objects of one environment name and isn't there: the target of a scaler, the pods of a budget,
 * a policy or a service, a service's port, a route's destination, an account, a config map.
 *
 * @param {object[]} objects Everything that is applied together.
 * @returns {string[]} One sentence for each fault.
 */
export function findFaults(objects) {
  const faults = []
  const pods = podsOf(objects)
  const services = servicesOf(objects)
  const outside = outsideHosts(objects)
  const named = (kind) =>
    new Set(objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name))
  const accounts = named("ServiceAccount")
  const configMaps = named("ConfigMap")
  const gateways = named("Gateway")

  const fault = (object, text) => faults.push(`${titleOf(object)} ${text}`)
  const matching = (selector) => pods.filter(({ labels }) => selects(selector, labels))
  const needPods = (object, selector, what) => {
    const found = matching(selector)
    if (!found.length) fault(object, `selects no pod (${what}: ${JSON.stringify(selector)})`)
    return found
  }
  const needTarget = (object, { kind = "Deployment", name }) => {
    if (!named(kind).has(name)) fault(object, `names a ${kind} that isn't there: ${name}`)
  }
  const needService = (object, name, port) => {
    const service = services.find((candidate) => candidate.name === name)
    if (!service) return fault(object, `names a Service that isn't there: ${name}`)
    const known = service.ports.some((candidate) => [candidate.port, candidate.name].includes(port))
    if (port !== undefined && !known)
      fault(object, `names a port of ${name} that isn't there: ${port}`)
  }
  const needHost = (object, host, port) => {
    if (outside.includes(host) || host.includes("*")) return
    const [, name, namespace = NAMESPACE] = host.match(SERVICE_HOST) ?? []
    if (!name) return fault(object, `names a host that is neither inside nor declared: ${host}`)
    if (namespace === NAMESPACE) needService(object, name, port)
  }

  const checks = {
    HorizontalPodAutoscaler: (object) => needTarget(object, object.spec.scaleTargetRef),
    ScaledObject: (object) => needTarget(object, object.spec.scaleTargetRef),
    PodDisruptionBudget: (object) => needPods(object, object.spec.selector, "selector"),
    NetworkPolicy(object) {
      needPods(object, object.spec.podSelector, "podSelector")
      const rules = [...(object.spec.ingress ?? []), ...(object.spec.egress ?? [])]
      for (const peer of rules.flatMap(({ from = [], to = [] }) => [...from, ...to])) {
        // Pods of other namespaces are other people's.
        if (peer.podSelector && !peer.namespaceSelector) needPods(object, peer.podSelector, "peer")
      }
    },
    Service(object) {
      if (object.apiVersion !== "v1" || !object.spec.selector) return
      const found = needPods(object, { matchLabels: object.spec.selector }, "selector")
      for (const { name, port, targetPort = port } of object.spec.ports ?? []) {
        const known = found.some(({ ports }) =>
          ports.some((candidate) => [candidate.name, candidate.containerPort].includes(targetPort))
        )
        if (found.length && !known) {
          fault(object, `sends port ${name ?? port} to ${targetPort}, which no container has`)
        }
      }
    },
    ServiceMonitor(object) {
      const found = services.filter(({ labels }) => selects(object.spec.selector, labels))
      if (!found.length) return fault(object, "selects no Service")
      for (const { port } of object.spec.endpoints) {
        if (!found.some(({ ports }) => ports.some(({ name }) => name === port))) {
          fault(object, `scrapes a port that no selected Service has: ${port}`)
        }
      }
    },
    PodMonitor(object) {
      const found = needPods(object, object.spec.selector, "selector")
      for (const { port } of object.spec.podMetricsEndpoints) {
        if (!found.some(({ ports }) => ports.some(({ name }) => name === port))) {
          fault(object, `scrapes a port that no selected pod has: ${port}`)
        }
      }
    },
    DestinationRule(object) {
      needHost(object, object.spec.host)
      for (const { name, labels } of object.spec.subsets ?? []) {
        needPods(object, { matchLabels: labels }, `subset ${name}`)
      }
    },
    VirtualService(object) {
      const { http = [], tcp = [], tls = [] } = object.spec
      const routes = [...http, ...tcp, ...tls].flatMap(({ route = [], mirror }) => [
        ...route.map(({ destination }) => destination),
        ...asList(mirror),
      ])
      for (const { host, port } of routes) needHost(object, host, port?.number)
    },
    HTTPRoute(object) {
      for (const { kind = "Gateway", name, namespace = NAMESPACE } of object.spec.parentRefs ??
        []) {
        if (namespace !== NAMESPACE) continue
        if (kind === "Service") needService(object, name)
        else if (!gateways.has(name)) fault(object, `names a Gateway that isn't there: ${name}`)
      }
      for (const { backendRefs = [] } of object.spec.rules ?? []) {
        for (const { name, port } of backendRefs) needService(object, name, port)
      }
    },
    AuthorizationPolicy(object) {
      if (object.spec?.selector) needPods(object, object.spec.selector, "selector")
      for (const { kind, name } of object.spec?.targetRefs ?? []) {
        if (kind === "Gateway" && !gateways.has(name)) {
          fault(object, `names a Gateway that isn't there: ${name}`)
        }
        if (kind === "Service") needService(object, name)
      }
      const sources = (object.spec?.rules ?? []).flatMap(({ from = [] }) => from)
      for (const principal of sources.flatMap(({ source }) => source.principals ?? [])) {
        const [, namespace, name] = principal.match(SERVICE_ACCOUNT) ?? []
        if (namespace === NAMESPACE && !accounts.has(name) && !name.includes("*")) {
          fault(object, `lets in a ServiceAccount that isn't there: ${name}`)
        }
      }
    },
  }
  for (const kind of ["PeerAuthentication", "RequestAuthentication", "Telemetry", "Sidecar"]) {
    checks[kind] = (object) => {
      const selector = object.spec?.selector ?? object.spec?.workloadSelector
      if (selector) needPods(object, { matchLabels: selector.labels, ...selector }, "selector")
    }
  }

  for (const object of objects) {
    checks[object.kind]?.(object)
    if (WORKLOADS.has(object.kind)) checkPodSpec(object)
  }
  return faults

  function checkPodSpec(object) {
    const { spec } = podSpecOf(object)
    const { serviceAccountName, volumes = [] } = spec
    if (
      serviceAccountName &&
      serviceAccountName !== "default" &&
      !accounts.has(serviceAccountName)
    ) {
      fault(object, `runs as a ServiceAccount that isn't there: ${serviceAccountName}`)
    }
    const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
    const maps = [
      ...volumes.map(({ configMap }) => configMap),
      ...containers.flatMap(({ env = [] }) =>
        env.map(({ valueFrom }) => valueFrom?.configMapKeyRef)
      ),
      ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef)),
    ]
    for (const { name, optional } of maps.filter(Boolean)) {
      if (!optional && !configMaps.has(name))
        fault(object, `reads a ConfigMap that isn't there: ${name}`)
    }
    for (const { name, volumeMounts = [] } of containers) {
      const known = [
        ...volumes.map((volume) => volume.name),
        ...(object.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name),
      ]
      for (const mount of volumeMounts) {
        if (!known.includes(mount.name)) {
          fault(object, `mounts a volume that isn't there in ${name}: ${mount.name}`)
        }
      }
    }
    for (const { name, ports = [], ...container } of containers) {
      for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
        const port = (container[probe]?.httpGet ?? container[probe]?.tcpSocket)?.port
        if (typeof port === "string" && !ports.some((candidate) => candidate.name === port)) {
          fault(object, `asks a port that ${name} doesn't have (${probe}): ${port}`)
        }
      }
    }
  }
}
