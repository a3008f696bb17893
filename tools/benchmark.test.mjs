import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { createServer } from "node:http"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { compareLoad, summariseLoad } from "./lib/bench-load.mjs"
import { createQueries, HYBRID_SCENARIOS, SCENARIOS } from "./lib/bench-scenarios.mjs"
import { misspell, typedTexts } from "./lib/bench-suggestions.mjs"
import {
  CATALOGUE_FIELDS,
  DESCRIPTION_WORDS,
  FILTERS,
  generateProducts,
  generateQuery,
  seededRandom,
} from "./lib/generated-catalogue.mjs"
import { percentile, postSearches, spread } from "./lib/load.mjs"
import { ROOT } from "./lib/paths.mjs"
import { formatTable } from "./lib/tables.mjs"

const SIZE = 2_000
const catalogue = (seed, count = SIZE) => [
  ...generateProducts(count, { seed, salesChannel: "sc_1" }),
]
const wordsOf = (text) => text.toLowerCase().match(/[a-z]+/g)

describe("seededRandom", () => {
  it("gives the same numbers for a seed, spread evenly from 0 up to 1", () => {
    const [first, second] = [seededRandom(7), seededRandom(7)]
    const values = Array.from({ length: 10_000 }, first)
    assert.deepEqual(values, Array.from({ length: 10_000 }, second))
    assert.ok(values.every((value) => value >= 0 && value < 1))
    for (const tenth of Array(10).keys()) {
      const share = values.filter((value) => Math.floor(value * 10) === tenth).length / 10_000
      assert.ok(Math.abs(share - 0.1) < 0.02, `${share} of the values in tenth ${tenth}`)
    }
  })
})

describe("the generated catalogue", () => {
  const products = catalogue(1)

  it("is the same each time, and another for another seed", () => {
    assert.deepEqual(catalogue(1, 50), products.slice(0, 50))
    const texts = new Set(products.map(({ embedding }) => embedding))
    assert.equal(texts.size, SIZE)
    assert.ok(catalogue(2, 50).every(({ embedding }) => !texts.has(embedding)))
  })

  it("describes each product in 40 to 120 words, with nothing left to fill in", () => {
    for (const { title, description } of products) {
      const { length } = description.split(" ")
      assert.ok(length >= DESCRIPTION_WORDS.least && length <= DESCRIPTION_WORDS.most, description)
      assert.doesNotMatch(`${title} ${description}`, /[{}]|undefined|\ba [aeiou]/)
    }
  })

  it("uses few words often and many words seldom", () => {
    const counts = new Map()
    for (const word of products.flatMap((product) => wordsOf(product.embedding))) {
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    const sorted = [...counts.values()].sort((a, b) => b - a)
    const total = sorted.reduce((sum, count) => sum + count, 0)
    const common = sorted.slice(0, 100).reduce((sum, count) => sum + count, 0)
    assert.ok(counts.size > 2_500, `${counts.size} different words`)
    assert.ok(common / total > 0.4, `the 100 most common are ${common / total} of the text`)
    assert.ok(sorted.filter((count) => count <= 2).length > 500)
  })

  it("has values for the fields that are declared, and no others", () => {
    const fields = ["id", "embedding", ...Object.keys(CATALOGUE_FIELDS)].sort()
    assert.deepEqual(Object.keys(products[0]).sort(), fields)
  })

  for (const [percent, filter] of Object.entries(FILTERS)) {
    it(`has a filter that ${percent} % of the products pass`, () => {
      const [[field, value]] = Object.entries(filter)
      const share = (100 * products.filter((product) => product[field] === value).length) / SIZE
      assert.ok(share > percent * 0.5 && share < percent * 1.5, `${share} %`)
    })
  }
})

describe("the searches", () => {
  it("are of a few words that the catalogue knows", () => {
    const known = new Set(catalogue(1).flatMap((product) => wordsOf(product.embedding)))
    const queries = Array.from({ length: 200 }, (_, i) => generateQuery(i))
    const unknown = queries.flatMap(wordsOf).filter((word) => !known.has(word))
    assert.ok(unknown.length < 20, unknown.join(" "))
    assert.ok(queries.every((query) => query.length < 100))
  })

  it("are never asked twice where they are to be new", () => {
    const { familiar, fresh } = createQueries()
    const texts = [...familiar, ...Array.from({ length: 5_000 }, fresh)]
    assert.equal(new Set(texts).size, texts.length)
  })

  it("ask both engines for the same, by words alone", () => {
    const { body } = SCENARIOS["filter-1"]
    const [ours, theirs] = [body("pgvector", "ink"), body("search-postgres", "ink")]
    assert.deepEqual(ours.filters, theirs.filters)
    assert.deepEqual(ours.search_options, { vector: { query: "ink", semantic_ratio: 0 } })
    assert.deepEqual(theirs.search_options, {})
  })
})

describe("the texts that are typed", () => {
  it("are beginnings of titles and brands, and misspelt ones", () => {
    const typed = typedTexts([{ title: "Copper Kettle", brand: "Orra" }])
    assert.deepEqual(typed["1 letter"], ["c", "o"])
    assert.deepEqual(typed["5 letters"], ["coppe"])
    assert.deepEqual(typed["10 letters"], ["copper ket"])
    assert.deepEqual(typed.misspelt, [])
  })

  it("are misspelt by two letters in the wrong order, if that makes a difference", () => {
    assert.equal(misspell("garden hose"), "gadren hose")
    assert.equal(misspell("copper kettle"), undefined)
    assert.equal(misspell("old map"), undefined)
  })
})

describe("percentile", () => {
  it("is the value that so many percent don't exceed", () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i)
    assert.deepEqual(
      [50, 95, 99, 100].map((percent) => percentile(values, percent)),
      [50, 95, 99, 100]
    )
    assert.equal(percentile([3], 50), 3)
    assert.deepEqual(spread([3, 1, 2]), { median: 2, low: 1, high: 3 })
    assert.equal(spread([4, 1, 2, 3]).median, 2.5)
  })
})

describe("the figures of a load", () => {
  const scenarios = { ...SCENARIOS, ...HYBRID_SCENARIOS }
  /** Two repetitions in which everything of ours takes 10 and 30 ms, and of theirs 20. */
  const bursts = Object.entries(scenarios).flatMap(([scenario, { engines }]) =>
    [1, 8].flatMap((clients) =>
      engines.flatMap((engine) =>
        [0, 1].map((repetition) => {
          const ms = engine === "pgvector" ? 10 + 20 * repetition : 20
          return { scenario, clients, engine, repetition, latencies: [ms, ms], ms: 1_000 }
        })
      )
    )
  )

  it("are one row for each scenario, client count and engine", () => {
    const rows = summariseLoad(1_000, bursts)
    assert.equal(rows.length, 2 * (4 * 2 + 2 + 3))
    assert.deepEqual(rows[0], {
      ...{ size: 1_000, scenario: "keyword", clients: 1, engine: "pgvector" },
      ...{ p50_ms: 10, p95_ms: 30, p99_ms: 30, rps: 2 },
    })
  })

  it("are compared within a repetition", () => {
    const ratios = compareLoad(1_000, bursts)
    assert.equal(ratios.length, 2 * Object.keys(scenarios).length)
    const { p95_ratio, lowest, highest } = ratios.find(({ scenario }) => scenario === "facets")
    assert.deepEqual([p95_ratio, lowest, highest], [1, 0.5, 1.5])
    const hybrid = ratios.find(({ scenario }) => scenario === "hybrid-cached")
    assert.deepEqual([hybrid.against, hybrid.p95_ratio], ["pgvector keyword", 1])
  })
})

describe("postSearches", () => {
  let server
  let url
  let most = 0
  let now = 0
  const bodies = []
  before(async () => {
    server = createServer((request, response) => {
      most = Math.max(most, ++now)
      let body = ""
      request.on("data", (chunk) => (body += chunk))
      request.on("end", () => {
        bodies.push(JSON.parse(body))
        setImmediate(() => {
          now--
          response.writeHead(body.includes("bad") ? 400 : 200).end(`{"seen":${bodies.length}}`)
        })
      })
    })
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
    url = `http://127.0.0.1:${server.address().port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  it("posts from so many clients at once, and takes the time of each search", async () => {
    let number = 0
    const answers = []
    const { latencies } = await postSearches(url, {
      ...{ headers: {}, clients: 4, until: (posted) => posted >= 20 },
      next: () => ({ number: number++ }),
      onAnswer: (text) => answers.push(text),
    })
    assert.equal(latencies.length, 20)
    assert.equal(answers.length, 20)
    assert.deepEqual(bodies.map((body) => body.number).sort((a, b) => a - b)[19], 19)
    assert.ok(most > 1 && most <= 4, `${most} at once`)
  })

  it("ends with the answer that wasn't a success", async () => {
    const refused = postSearches(url, {
      ...{ headers: {}, clients: 1, until: (posted) => posted >= 1, next: () => "bad" },
    })
    await assert.rejects(refused, { name: "ToolError", message: /answered with 400: "bad"/ })
  })
})

describe("formatTable", () => {
  it("puts texts to the left and figures to the right", () => {
    assert.deepEqual(formatTable(["name", "ms"], [["a", "1.5"]]), [
      "name   ms",
      "────  ───",
      "a     1.5",
    ])
  })
})

describe("npm run bench", () => {
  for (const args of [
    ["--sizes", "many"],
    ["--sizes", "1000,0"],
    ["--repetitions", "-1"],
    ["--vectors", "double"],
  ]) {
    it(`refuses ${args.join(" ")} with one sentence`, () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(ROOT, "tools/bench.mjs"), ...args],
        { encoding: "utf8" }
      )
      assert.equal(status, 1)
      assert.match(stderr, /^✗ [^\n]+\n$/)
      assert.ok(stderr.includes(args[0]))
    })
  }
})
