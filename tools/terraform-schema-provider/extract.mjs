#!/usr/bin/env node
/**
 * Reads the schema of a Terraform provider out of the npm package that was generated from it for CDKTF
 * (@cdktf/provider-google 16.12.1 is hashicorp/google 6.50.0), and writes it for the provider beside this
 * file:
 *
 *   node extract.mjs node_modules/@cdktf/provider-google schema.json
 *
 * The package keeps names, types, what is required, nested blocks, how many of them, and what is computed
 * only. It loses what is both optional and computed (taken to be so: id, project, region, zone), checks of
 * values, arguments that exclude each other, and defaults. Attributes of nested types (protocol 6) come out
 * as blocks.
 */
import fs from "node:fs"
import path from "node:path"

const [root, target] = process.argv.slice(2)
const lib = path.join(root, "lib")
const SIMPLE = { string: "string", number: "number", boolean: "bool" }
const OPT_COMPUTED = new Set(["id", "project", "region", "zone"])

function classesOf(src) {
  const out = {}
  const re = /^class (\w+) extends ([\w.]+) \{\n([\s\S]*?)^\}/gm
  for (const m of src.matchAll(re)) out[m[1]] = { base: m[2], body: m[3] }
  return out
}
function hclAttrs(text) {
  // "const attrs = { ... };" of a ToHclTerraform function
  const out = {}
  const re =
    /^\s+(\w+): \{\n\s+value: (.*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",?\n/gm
  for (const m of text.matchAll(re))
    out[m[1]] = { value: m[2], block: m[3] === "true", type: m[4], sct: m[5] }
  return out
}
const camel = (s) => s.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase())
function simpleType(a) {
  const t = a.sct.replace(/(List|Map)$/, "")
  const e = SIMPLE[t] ?? "string"
  if (a.type === "simple") return a.sct === "any" ? "dynamic" : e
  if (a.type === "list" || a.type === "set" || a.type === "map") {
    if (/ListList|MapList|ListMap/.test(a.sct)) return [a.type, "dynamic"]
    return [a.type, e]
  }
  return "dynamic"
}
function computedType(cls, classes) {
  // object type of a computed-only nested class
  const c = classes[cls]
  const attrs = {}
  for (const m of c.body.matchAll(
    /return (?:cdktf\.\w+\.\w+\()*this\.get(\w+)Attribute\('(\w+)'\)/g
  ))
    attrs[m[2]] = getterType(m[1], m[0])
  for (const m of c.body.matchAll(/this\._\w+ = new ([\w.]+)\(this, "(\w+)"(?:, (true|false))?\)/g))
    attrs[m[2]] = memberType(m[1], m[3], classes)
  return ["object", attrs]
}
function getterType(g, text) {
  const set = /Fn\.tolist/.test(text)
  const map = {
    String: "string",
    Number: "number",
    Boolean: "bool",
    List: ["list", "string"],
    NumberList: ["list", "number"],
    StringMap: ["map", "string"],
    NumberMap: ["map", "number"],
    BooleanMap: ["map", "bool"],
  }
  const t = map[g] ?? "string"
  return set && Array.isArray(t) ? ["set", t[1]] : t
}
function memberType(t, wrapsSet, classes) {
  const prim = {
    "cdktf.StringMap": ["map", "string"],
    "cdktf.NumberMap": ["map", "number"],
    "cdktf.BooleanMap": ["map", "bool"],
    "cdktf.AnyMap": ["map", "string"],
    "cdktf.StringMapList": ["list", ["map", "string"]],
  }
  if (prim[t]) return prim[t]
  const isList = classes[t]?.base.endsWith("ComplexList")
  const ref = isList ? t.replace(/List$/, "OutputReference") : t
  if (!classes[ref]) return "string"
  return [wrapsSet === "true" ? "set" : "list", computedType(ref, classes)]
}
function blockOf(body, attrs, funcs, classes, ifaces, iface) {
  const b = { attributes: {}, blocks: {} }
  const note = {}
  for (const m of body.matchAll(
    /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)/g
  ))
    note[m[1]] = { c: m[2] === "true", o: m[3] === "true", r: m[4] === "true" }
  const member = {}
  for (const m of body.matchAll(/this\._\w+ = new ([\w.]+)\(this, "(\w+)"(?:, (true|false))?\)/g))
    member[m[2]] = { t: m[1], set: m[3] }
  for (const [n, a] of Object.entries(attrs)) {
    const cn = camel(n)
    const resettable = new RegExp(`^    reset${cn[0].toUpperCase()}${cn.slice(1)}\\(\\)`, "m").test(
      body
    )
    const opt = iface?.[cn]
    const required = note[n] ? note[n].r : opt !== undefined ? !opt : !resettable
    if (a.block && /ToHclTerraform/.test(a.value)) {
      const fn = a.value.match(/(\w+)ToHclTerraform/)[1]
      const cls = fn[0].toUpperCase() + fn.slice(1) + "OutputReference"
      const body2 = classes[cls]?.body ?? ""
      const nested = blockOf(
        body2,
        funcs[fn] ?? {},
        funcs,
        classes,
        ifaces,
        ifaces[cls.replace(/OutputReference$/, "")]
      )
      const single = !/listMapperHcl/.test(a.value)
      const mode =
        n === "timeouts" || a.type === "struct"
          ? "single"
          : member[n]?.set === "true" || a.type === "set"
            ? "set"
            : "list"
      b.blocks[n] = {
        nesting: mode,
        min: required ? 1 : 0,
        max: single && mode !== "single" ? 1 : 0,
        block: nested,
      }
      continue
    }
    const at = { type: simpleType(a) }
    if (required) at.required = true
    else at.optional = true
    if ((note[n]?.c || OPT_COMPUTED.has(n)) && !required) at.computed = true
    b.attributes[n] = at
  }
  for (const m of body.matchAll(
    /return (?:cdktf\.\w+\.\w+\()*this\.get(\w+)Attribute\('(\w+)'\)/g
  )) {
    if (!b.attributes[m[2]] && !b.blocks[m[2]])
      b.attributes[m[2]] = { type: getterType(m[1], m[0]), computed: true }
  }
  for (const [n, m] of Object.entries(member)) {
    if (!b.attributes[n] && !b.blocks[n])
      b.attributes[n] = { type: memberType(m.t, m.set, classes), computed: true }
  }
  return b
}
const out = { resources: {}, data_sources: {} }
for (const dir of fs.readdirSync(lib)) {
  const f = path.join(lib, dir, "index.js")
  if (!fs.existsSync(f)) continue
  // large resources keep their nested types in separate files (index-structs/)
  let src = fs.readFileSync(f, "utf8")
  const structs = path.join(lib, dir, "index-structs")
  if (fs.existsSync(structs))
    for (const x of fs.readdirSync(structs))
      if (x.endsWith(".js")) src += "\n" + fs.readFileSync(path.join(structs, x), "utf8")
  src = src
    .replace(/\bindex_structs_\d+\./g, "")
    .replace(/\(0, (?:structs\w*\.)?(\w+)\)/g, "$1")
    .replace(/\bstructs\w*_\d+\.|\bindex_structs\w*\./g, "")
  const classes = classesOf(src)
  const funcs = {}
  for (const m of src.matchAll(/^function (\w+)ToHclTerraform\(struct\) \{\n([\s\S]*?)^\}/gm))
    funcs[m[1]] = hclAttrs(m[2])
  let dts = fs.readFileSync(f.replace(/\.js$/, ".d.ts"), "utf8")
  if (fs.existsSync(structs))
    for (const x of fs.readdirSync(structs))
      if (x.endsWith(".d.ts")) dts += "\n" + fs.readFileSync(path.join(structs, x), "utf8")
  const ifaces = {}
  for (const m of dts.matchAll(/^export interface (\w+)[^\n]*\{\n([\s\S]*?)^\}/gm)) {
    const props = (ifaces[m[1]] = {})
    for (const q of m[2].matchAll(/^ {4}readonly (\w+)(\??):/gm)) props[q[1]] = q[2] === "?"
  }
  for (const [name, c] of Object.entries(classes)) {
    if (!/Terraform(Resource|DataSource|Provider)$/.test(c.base)) continue
    const type = c.body.match(/terraformResourceType: '([\w-]+)'/)?.[1]
    if (!type) continue
    const hcl = c.body.match(/synthesizeHclAttributes\(\) \{\n([\s\S]*?)^ {4}\}/m)?.[1] ?? ""
    const block = blockOf(c.body, hclAttrs(hcl), funcs, classes, ifaces, ifaces[name + "Config"])
    if (c.base.endsWith("Provider")) {
      delete block.attributes.alias
      for (const a of Object.values(block.attributes)) delete a.computed
      out.provider = block
      out.name = type
      out.version = c.body.match(/providerVersion: '([\d.]+)'/)?.[1]
    } else if (c.base.endsWith("DataSource")) out.data_sources[type] = block
    else out.resources[type] = block
  }
}
fs.writeFileSync(target, JSON.stringify(out))
console.log(
  `${out.name} ${out.version}: ${Object.keys(out.resources).length} resources, ${Object.keys(out.data_sources).length} data sources`
)
