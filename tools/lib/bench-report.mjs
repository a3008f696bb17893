import { OURS, THEIRS } from "./bench-scenarios.mjs"
import { formatCount } from "./progress.mjs"
import { formatTable } from "./tables.mjs"

const NONE = "–"
const figures = (row) =>
  row ? [row.p50_ms, row.p95_ms, row.p99_ms, row.rps].map((value) => value.toFixed(1)) : NO_FIGURES
const NO_FIGURES = [NONE, NONE, NONE, NONE]
const percent = (share) => `${(100 * share).toFixed(1)} %`

/** Both engines of a scenario on one line, with the ratio of their 95th percentiles. */
function loadTable({ rows, more_rows, ratios }) {
  const all = [...rows, ...more_rows]
  const lines = ratios.map(({ size, scenario, clients, against, ...ratio }) => {
    const of = (engine) =>
      all.find(
        (row) =>
          row.size === size &&
          row.scenario === scenario &&
          row.clients === clients &&
          row.engine === engine
      )
    return [
      ...[formatCount(size), scenario, String(clients)],
      ...figures(of(OURS)),
      ...figures(of(THEIRS)),
      `${ratio.p95_ratio.toFixed(2)} (${ratio.lowest.toFixed(2)}–${ratio.highest.toFixed(2)})`,
      ratio.p95_difference_ms.toFixed(1),
      against,
    ]
  })
  const times = ["p50", "p95", "p99", "rps"]
  return formatTable(
    [
      ...["products", "scenario", "clients", ...times, ...times.map((name) => `native ${name}`)],
      ...["p95 ratio", "difference", "against"],
    ],
    lines,
    { texts: 2 }
  )
}

function indexTable({ indexing }) {
  const rows = indexing.map((entry) => [
    ...[formatCount(entry.size), entry.embedder],
    entry.products_per_second.toFixed(1),
    entry.model_texts_per_second === null ? NONE : entry.model_texts_per_second.toFixed(1),
    entry.share_of_model_rate === null ? NONE : percent(entry.share_of_model_rate),
    `${entry.unchanged_rebuild_speedup.toFixed(1)}×`,
    (entry.search_postgres_ms / 1000).toFixed(1),
    entry.event_loop_p99_ms.toFixed(1),
    entry.event_loop_max_ms.toFixed(1),
    entry.rss_mb.toFixed(0),
    entry.disk.pgvector_mb.toFixed(1),
    entry.disk.kept_embeddings_mb.toFixed(1),
    entry.disk.search_postgres_mb.toFixed(1),
  ])
  const head = [
    ...["products", "embedder", "indexed/s", "model/s", "share", "rebuild", "native s"],
    ...["loop p99 ms", "loop max ms", "RSS MB", "disk MB", "kept MB", "native MB"],
  ]
  return formatTable(head, rows, { texts: 2 })
}

function recallTable({ recall }) {
  const rows = recall.map((entry) => [
    formatCount(entry.size),
    `${entry.filter_percent} %`,
    entry["recall@10"].toFixed(4),
    percent(entry.full_pages),
  ])
  return formatTable(["products", "filter", "recall@10", "full pages"], rows)
}

function suggestionTable({ suggestions }) {
  const rows = suggestions.map(({ size, typed, requests, ...times }) => [
    ...[formatCount(size), typed, formatCount(requests)],
    ...[times.p50_ms, times.p95_ms, times.p99_ms].map((value) => value.toFixed(1)),
  ])
  return formatTable(["products", "typed", "requests", "p50", "p95", "p99"], rows, { texts: 2 })
}

/** The whole report, as lines for people. */
export function describeBench(result) {
  const { machine, degraded_searches, vectors } = result
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB; Node ${machine.node}, PostgreSQL ${machine.postgres}, pgvector ${machine.pgvector}; load ${machine.load_average} at the start`,
    "",
    "Searches through POST /store/search, milliseconds; the ratio's spread is over the repetitions",
    "",
    ...loadTable(result),
    "",
    `Indexing, with vectors of ${vectors} precision`,
    "",
    ...indexTable(result),
    "",
    "What the vector index finds of what is nearest",
    "",
    ...recallTable(result),
    "",
    "Suggestions through GET /store/search/suggestions, one client, milliseconds",
    "",
    ...suggestionTable(result),
    "",
    degraded_searches
      ? `${formatCount(degraded_searches)} hybrid searches were answered by words alone: the model was too slow.`
      : "Every hybrid search was answered with its meaning.",
  ]
}
