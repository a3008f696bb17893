/*
 * The attributes of spans and metrics. None of them ever holds what a shopper typed, or anything else
 * that could be about a person. What OpenTelemetry has a name for bears that name.
 */

/** The index as its definition names it, such as "product". */
export const ATTR_INDEX = "semantic_search.index"

/** How a query was answered: "hybrid", "semantic", "keyword" or "filter". */
export const ATTR_MODE = "semantic_search.mode"

/** Why meaning was left out: a `DegradedReason`. Absent where it wasn't. */
export const ATTR_DEGRADED = "semantic_search.degraded"

/** How many hits a page holds. */
export const ATTR_HITS = "semantic_search.hits"

/** How many documents a query matches. */
export const ATTR_COUNT = "semantic_search.count"

/** Whether misspelt words were corrected for suggestions. */
export const ATTR_CORRECTED = "semantic_search.corrected"

/** `model@revision` of the embedder. */
export const ATTR_MODEL = "semantic_search.model"

/** Where a query's embedding came from: a `QueryEmbeddingSource`. */
export const ATTR_SOURCE = "semantic_search.source"

/** What texts are embedded for: "query" or "document". */
export const ATTR_PURPOSE = "semantic_search.purpose"

/** How many texts go together. */
export const ATTR_BATCH_SIZE = "semantic_search.batch.size"

/** Whether a reconciliation only counted. */
export const ATTR_DRY_RUN = "semantic_search.reconcile.dry_run"

/** What a reconciliation did: documents compared, repaired, removed. */
export const ATTR_COMPARED = "semantic_search.reconcile.compared"
export const ATTR_REPAIRED = "semantic_search.reconcile.repaired"
export const ATTR_REMOVED = "semantic_search.reconcile.removed"

/** How an answer of the assistant ended: "done", "left", or why it came from retrieval alone. */
export const ATTR_OUTCOME = "semantic_search.outcome"

/** How many products an answer cites. */
export const ATTR_CITATIONS = "semantic_search.citations"

/* From OpenTelemetry's semantic conventions (generative AI, database client, errors). */
export const ATTR_GEN_AI_OPERATION = "gen_ai.operation.name"
export const ATTR_GEN_AI_PROVIDER = "gen_ai.provider.name"
export const ATTR_GEN_AI_MODEL = "gen_ai.request.model"
export const ATTR_GEN_AI_MAX_TOKENS = "gen_ai.request.max_tokens"
export const ATTR_GEN_AI_INPUT_TOKENS = "gen_ai.usage.input_tokens"
export const ATTR_GEN_AI_OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
export const ATTR_GEN_AI_TOKEN_TYPE = "gen_ai.token.type"
export const ATTR_POOL = "db.client.connection.pool.name"
export const ATTR_POOL_STATE = "db.client.connection.state"
export const ATTR_DB_SYSTEM = "db.system.name"
export const ATTR_DB_OPERATION = "db.operation.name"
export const ATTR_DB_COLLECTION = "db.collection.name"
export const ATTR_DB_SUMMARY = "db.query.summary"
export const ATTR_DB_ROWS = "db.response.returned_rows"
export const ATTR_ERROR_TYPE = "error.type"
