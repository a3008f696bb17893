import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { writeDataset } from "./lib/dataset.mjs"
import { describe as report, score, toResult, writeRuns } from "./lib/eval-report.mjs"
import { readCollection, toDocuments } from "./lib/judged-collection.mjs"
import { classOf, isAnswerable, mean, measure } from "./lib/metrics.mjs"
import { ROOT } from "./lib/paths.mjs"

let folder
before(() => {
  folder = mkdtempSync(join(tmpdir(), "libro-tools-"))
})
after(() => rmSync(folder, { recursive: true }))

const PRODUCTS = [
  { id: "a", title: "Ink", description: "Black ink", brand: "HP", price_cents: 1200, new: true },
  { id: 7, title: "Pen", description: "Pen", colours: ["red", "blue"], size: 3, brand: null },
  { id: "c", title: "Pad", colours: "white", size: "A4", nested: { a: 1 } },
]
const GOOD = {
  "products.jsonl": PRODUCTS.map((product) => JSON.stringify(product)).join("\n"),
  "queries.tsv": "topic-1\tblack ink\r\ntopic-2\tsomething red\nfacts-1\tnone\n",
  "qrels.tsv": "topic-1\ta\t3\ntopic-1\tc\t0\ntopic-2\t7\t1\nfacts-1\ta\t0\nother-1\ta\t3\n",
}

/** Writes a collection's files; null leaves one out. */
function writeCollection(name, files = {}) {
  const directory = join(folder, name)
  mkdirSync(directory, { recursive: true })
  for (const [file, text] of Object.entries({ ...GOOD, ...files })) {
    if (text !== null) writeFileSync(join(directory, file), text)
  }
  return directory
}

async function collect(iterable) {
  const all = []
  for await (const entry of iterable) all.push(entry)
  return all
}

const close = (actual, expected) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} instead of ${expected}`)

describe("measure", () => {
  const padding = Array.from({ length: 94 }, (_, i) => `z${i}`)
  const ids = ["x", "b", "y", "a", "n", "c", ...padding, "late"]
  const grades = new Map(Object.entries({ a: 3, b: 1, c: 2, n: 0, late: 1, minus: -1, missing: 3 }))

  it("agrees with trec_eval's definitions", () => {
    const values = measure(ids, grades)
    // By hand: 1/log2(3) + 3/log2(5) + 2/log2(7), of 3 + 3/log2(3) + 2/2 + 1/log2(5) + 1/log2(6).
    close(values["ndcg@10"], 0.39273452556899796)
    close(values["ndcg'@10"], 0.6171085778307325)
    assert.equal(values["mrr@10"], 0.5)
    assert.equal(values["recall@100"], 0.6)
    assert.equal(values["judged@10"], 0.4)
  })

  it("is nothing for an empty list, and the whole for the best one", () => {
    assert.deepEqual(Object.values(measure([], grades)), [0, 0, 0, 0, 0])
    const best = measure(["a", "missing", "c", "b", "late"], grades)
    assert.deepEqual(Object.values(best), [1, 1, 1, 1, 1])
  })

  it("doesn't count a relevant product past the tenth place for the first answer", () => {
    assert.equal(measure([...padding.slice(0, 10), "a"], grades)["mrr@10"], 0)
    assert.equal(measure([...padding.slice(0, 9), "a"], grades)["mrr@10"], 0.1)
  })

  it("leaves queries out that have no relevant product", () => {
    assert.equal(isAnswerable(new Map([["a", 0]])), false)
    assert.equal(isAnswerable(new Map([["a", 1]])), true)
  })

  it("averages over queries", () => {
    const values = [measure(["a"], grades), measure([], grades)]
    assert.equal(mean(values)["mrr@10"], 0.5)
  })
})

describe("classOf", () => {
  it("is what stands before the last hyphen", () => {
    assert.equal(classOf("topic-001"), "topic")
    assert.equal(classOf("known-item-12"), "known-item")
    assert.equal(classOf("c001"), undefined)
  })
})

describe("readCollection", () => {
  it("reads products, queries and judgments", async () => {
    const collection = await readCollection(writeCollection("good"))
    assert.equal(collection.name, "good")
    assert.equal(collection.count, 3)
    assert.deepEqual(collection.queries[0], { id: "topic-1", text: "black ink" })
    // facts-1 has no relevant product, and nobody asks other-1.
    assert.deepEqual([...collection.qrels.keys()], ["topic-1", "topic-2"])
    assert.deepEqual(collection.ignored, ["nested"])
    const { fields } = collection
    assert.deepEqual(fields.title, { type: "text", searchable: { weight: 3 } })
    assert.deepEqual(fields.brand, { type: "text", searchable: { weight: 2 } })
    assert.deepEqual(fields.colours, { type: "text", array: true, searchable: { weight: 1 } })
    assert.deepEqual(fields.size, { type: "text", searchable: { weight: 1 } })
    assert.deepEqual(fields.price_cents, { type: "float", filterable: true })
    assert.deepEqual(fields.new, { type: "boolean", filterable: true })
  })

  it("finds the products one folder up", async () => {
    writeCollection("shared", { "queries.tsv": null, "qrels.tsv": null })
    const half = writeCollection("shared/tuning", { "products.jsonl": null })
    const collection = await readCollection(half)
    assert.equal(collection.name, "shared/tuning")
    assert.equal(collection.products, join(folder, "shared", "products.jsonl"))
  })

  it("makes documents of the fields' types, and embeds title and description", async () => {
    const documents = await collect(toDocuments(await readCollection(writeCollection("documents"))))
    assert.deepEqual(documents, [
      {
        ...{ id: "a", title: "Ink", description: "Black ink", brand: "HP" },
        ...{ price_cents: 1200, new: true, embedding: "Ink. Black ink" },
      },
      {
        ...{ id: "7", title: "Pen", description: "Pen", colours: ["red", "blue"], size: "3" },
        embedding: "Pen",
      },
      { id: "c", title: "Pad", colours: ["white"], size: "A4", embedding: "Pad" },
    ])
  })

  it("embeds what a product says is to be embedded, and searches no word of it", async () => {
    const product = { id: "a", title: "Ink", embedded_text: "black, for pens" }
    const files = { "products.jsonl": JSON.stringify(product) }
    const collection = await readCollection(writeCollection("embedded", files))
    assert.deepEqual(await collect(toDocuments(collection)), [
      { id: "a", title: "Ink", embedding: "black, for pens" },
    ])
  })

  const broken = {
    "a text to embed that is none": [
      { "products.jsonl": '{"id": "a", "embedded_text": 1}' },
      /line 1, has an "embedded_text" that is no text/,
    ],
    "no qrels": [{ "qrels.tsv": null }, /has no qrels\.tsv/],
    "no queries": [{ "queries.tsv": null }, /has no queries\.tsv/],
    "no products": [{ "products.jsonl": null }, /has no products\.jsonl/],
    "an empty product file": [{ "products.jsonl": "\n" }, /holds no product/],
    "a line that isn't JSON": [
      { "products.jsonl": '{"id": "a"}\n{"id": ' },
      /products\.jsonl, line 2, is not JSON\.$/,
    ],
    "a product without an id": [{ "products.jsonl": '{"title": "x"}' }, /line 1, has no "id"/],
    "a product twice": [{ "products.jsonl": '{"id": "a"}\n{"id": "a"}' }, /product a twice/],
    "a query without a text": [
      { "queries.tsv": "topic-1\t \n" },
      /queries\.tsv, line 1, must hold/,
    ],
    "a query twice": [{ "queries.tsv": "q\ta\nq\tb\n" }, /line 2, has the query q again/],
    "a grade that is no number": [{ "qrels.tsv": "topic-1\ta\tgood\n" }, /line 1, must end in a g/],
    "trec's four columns": [{ "qrels.tsv": "topic-1\t0\ta\t3\n" }, /line 1, must end in a grade/],
    "unknown products only": [
      { "qrels.tsv": "topic-1\tzzz\t3\n" },
      /judges no product of the coll/,
    ],
    "nothing relevant": [{ "qrels.tsv": "topic-1\ta\t0\n" }, /finds no product relevant/],
  }
  for (const [what, [files, message]] of Object.entries(broken)) {
    it(`refuses ${what} with one sentence`, async () => {
      const directory = writeCollection(`broken ${what}`, files)
      await assert.rejects(readCollection(directory), { name: "ToolError", message })
    })
  }
})

describe("writeDataset", () => {
  it("tells a changed document and a changed field by the hash", async () => {
    const collection = await readCollection(writeCollection("dataset"))
    const write = (fields, documents) =>
      writeDataset({ directory: join(folder, "datasets"), key: "eval_1", fields, documents })
    const first = await write(collection.fields, toDocuments(collection))
    assert.equal(first.count, 3)
    assert.deepEqual(first.indexes, {
      pgvector: "eval_1_pgvector",
      "search-postgres": "eval_1_native",
    })
    const again = await write(collection.fields, toDocuments(collection))
    assert.equal(again.hash, first.hash)
    const fewer = await write({}, toDocuments(collection))
    assert.notEqual(fewer.hash, first.hash)
    const { documents, count } = JSON.parse(readFileSync(first.file, "utf8"))
    assert.equal(readFileSync(documents, "utf8").trimEnd().split("\n").length, count)
  })
})

describe("the report", () => {
  const answer = (...ids) => ({ hits: ids.map((id, i) => [id, 1 / (i + 1)]) })
  const answers = {
    keyword: { "topic-1": answer("a"), "topic-2": answer("c"), "facts-1": answer() },
    semantic: { "topic-1": answer("c", "a"), "topic-2": answer("7"), "facts-1": answer() },
    hybrid: { "topic-1": answer("a", "c"), "topic-2": answer("c", "7"), "facts-1": answer() },
    native: { "topic-1": answer("a"), "topic-2": { refused: "no" }, "facts-1": answer() },
  }
  let collection
  let scores
  before(async () => {
    collection = await readCollection(writeCollection("report"))
    scores = score(collection, answers)
  })

  it("gives programs the fixed form", () => {
    const { engines, ...rest } = toResult("report", scores)
    assert.deepEqual(rest, { collection: "report", queries: 2 })
    assert.deepEqual(Object.keys(engines), ["keyword", "semantic", "hybrid", "native"])
    assert.deepEqual(engines.keyword, { "ndcg@10": 0.5, "mrr@10": 0.5, "recall@100": 0.5 })
    assert.deepEqual(engines.hybrid["mrr@10"], 0.75)
  })

  it("shows where hybrid loses, and what was refused", () => {
    const text = report("report", scores).join("\n")
    assert.match(text, /Hybrid is behind its better half in 1 of 2 queries/)
    assert.match(text, /^topic-2 +something red +-0\.3691/m)
    assert.match(text, /Of 1 queries without a relevant product, found nothing for: keyword 1, sem/)
    assert.match(text, /Refused by native: 1, such as "something red": no/)
  })

  it("writes runs that evaluate.py can read, and the figures of each query", () => {
    const directory = join(folder, "runs")
    writeRuns(directory, answers, scores)
    assert.equal(
      readFileSync(join(directory, "hybrid.tsv"), "utf8"),
      "topic-1\ta\t1\ntopic-1\tc\t0.5\ntopic-2\tc\t1\ntopic-2\t7\t0.5\n"
    )
    const lines = readFileSync(join(directory, "per-query.tsv"), "utf8").trimEnd().split("\n")
    assert.equal(lines.length, 1 + 2 * 4)
  })
})

describe("npm run eval", () => {
  const run = (...args) =>
    spawnSync(process.execPath, [join(ROOT, "tools/eval.mjs"), ...args], { encoding: "utf8" })

  it("ends with 1 and one sentence on a folder without judgments, before it sets anything up", () => {
    const { status, stderr, stdout } = run(writeCollection("unjudged", { "qrels.tsv": null }))
    assert.equal(status, 1)
    assert.match(stderr, /^✗ .*unjudged has no qrels\.tsv: see docs\/evaluation\.md\.\n$/)
    assert.equal(stdout, "")
  })

  it("asks for a folder", () => {
    const { status, stderr } = run()
    assert.equal(status, 1)
    assert.match(stderr, /^✗ Name one folder/)
  })
})
