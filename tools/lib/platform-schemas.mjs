import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { unpackPythonPackage } from "./download.mjs"
import { fetchGoModule, writeInto } from "./platform-install.mjs"
import { checkPython } from "./requirements.mjs"
import { filesBelow } from "./stamps.mjs"

/** Words of JSON schema whose value is no schema. */
const VERBATIM = new Set(["default", "example", "enum", "required", "description"])
/** Words whose value holds schemas by name. */
const NAMED = new Set(["properties", "patternProperties"])

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/**
 * Rewrites the schema of a custom resource as JSON schema, as strict as the API server is on request:
 * an object that names its properties takes no others, unless it says so.
 */
export function toJsonSchema(node) {
  if (Array.isArray(node)) return node.map(toJsonSchema)
  if (node === null || typeof node !== "object") return node
  const schema = Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (VERBATIM.has(key)) return [key, value]
      return [key, NAMED.has(key) ? mapValues(value, toJsonSchema) : toJsonSchema(value)]
    })
  )
  if (schema["x-kubernetes-int-or-string"] || schema.format === "int-or-string") {
    delete schema["x-kubernetes-int-or-string"]
    delete schema.type
    delete schema.format
    if (!schema.anyOf && !schema.oneOf) schema.oneOf = [{ type: "string" }, { type: "integer" }]
  }
  if (
    Object.keys(schema.properties ?? {}).length &&
    !schema["x-kubernetes-preserve-unknown-fields"]
  ) {
    schema.additionalProperties ??= false
  }
  if (schema.nullable && typeof schema.type === "string") {
    schema.type = [schema.type, "null"]
    if (schema.enum) schema.enum = [...schema.enum, null]
  }
  delete schema.nullable
  return schema
}

/** The schema of one version of a custom resource; what every object has comes on top. */
function rootSchema(openApi) {
  const schema = toJsonSchema(openApi)
  schema.$schema = "http://json-schema.org/draft-07/schema#"
  schema.properties = {
    apiVersion: { type: "string" },
    kind: { type: "string" },
    ...schema.properties,
    metadata: { type: "object" },
  }
  return schema
}

/**
 * Fetches definitions of custom resources, and writes beside them a JSON schema of each for kubeconform:
 * `definitions/NUMBER.yaml` and `schemas/GROUP/KIND_VERSION.json`.
 *
 * @param {{ module: string, version: string, sum: string, path: string }[]} sources Go modules that hold
 *   them, and where.
 * @returns {(draft: string, context: object) => Promise<void>} For `installTool`.
 */
export const customResources =
  (sources) =>
  async (draft, { supervisor }) => {
    const { parseAllDocuments } = await import("yaml")
    mkdirSync(join(draft, "definitions"))
    let number = 0
    for (const { path, ...pin } of sources) {
      const { directory } = await fetchGoModule(supervisor, pin)
      for (const file of filesBelow(join(directory, path))) {
        if (!/\.ya?ml$/.test(file)) continue
        for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
          const definition = document.toJS()
          if (definition?.kind !== "CustomResourceDefinition") continue
          number += 1
          // An API server reads JSON as well, which takes far less time to write.
          writeInto(join(draft, "definitions", `${number}.json`), JSON.stringify(definition))
          const { group, names, versions } = definition.spec
          for (const { name, served, schema } of versions) {
            if (!served || !schema?.openAPIV3Schema) continue
            writeInto(
              join(draft, "schemas", group, `${names.kind.toLowerCase()}_${name}.json`),
              JSON.stringify(rootSchema(schema.openAPIV3Schema))
            )
          }
        }
      }
    }
  }

/**
 * Fetches the schemas of Kubernetes' own kinds, and rewrites their references so that kubeconform finds
 * them in a folder: `vVERSION-standalone-strict/KIND-GROUP-VERSION.json`.
 *
 * @param {{ kubernetes: string, name: string, version: string, sha256: string[] }} wheel
 *   `kubernetes`: whose kinds.
 */
export const kubernetesSchemas =
  ({ kubernetes, ...wheel }) =>
  async (draft, { supervisor }) => {
    await checkPython(supervisor)
    const unpackTo = mkdtempSync(join(draft, "unpack-"))
    await unpackPythonPackage(supervisor, { ...wheel, unpackTo })
    const all = join(unpackTo, "kubernetes_validate", "kubernetes-json-schema")
    const from = join(all, `v${kubernetes}-local-strict`)
    const to = join(draft, `v${kubernetes}-standalone-strict`)
    mkdirSync(to)
    for (const file of readdirSync(from).filter((name) => name.endsWith(".json"))) {
      const text = readFileSync(join(from, file), "utf8")
      const schema = JSON.parse(text.replaceAll('"/api/_definitions.json', '"_definitions.json'))
      // An absolute one would turn the relative references into addresses.
      delete schema.$id
      writeFileSync(join(to, file), JSON.stringify(schema))
    }
    rmSync(unpackTo, { recursive: true })
  }
