import { describeStatement } from "./statements"

describe("describeStatement", () => {
  it.each([
    [
      `SELECT count(*) FROM "semantic_search_doc_product_v4"`,
      "SELECT semantic_search_doc_product",
      "semantic_search_doc_product_v4",
    ],
    [
      `\n  INSERT INTO semantic_search_embedding_job AS job (model) VALUES ($1)`,
      "INSERT semantic_search_embedding_job",
      "semantic_search_embedding_job",
    ],
    [
      `WITH removed AS (DELETE FROM "semantic_search_doc_product_v4" RETURNING id) SELECT 1`,
      "DELETE semantic_search_doc_product",
      "semantic_search_doc_product_v4",
    ],
    [
      `WITH matched AS (SELECT id FROM "semantic_search_doc_a_v1" FOR UPDATE) SELECT 1`,
      "SELECT semantic_search_doc_a",
      "semantic_search_doc_a_v1",
    ],
    [
      `WITH w AS (SELECT 1) UPDATE "semantic_search_doc_a_v1" SET x = 1`,
      "UPDATE semantic_search_doc_a",
      "semantic_search_doc_a_v1",
    ],
    [
      `WITH m AS (SELECT to_tsquery('public.semantic_search_english', $1) FROM "semantic_search_doc_a_v1")`,
      "SELECT semantic_search_doc_a",
      "semantic_search_doc_a_v1",
    ],
    [`SELECT set_config($1, $2, true)`, "SELECT", undefined],
    [``, "UNKNOWN", undefined],
  ])("reads %j as %s", (text, summary, collection) => {
    expect(describeStatement(text)).toEqual({
      operation: summary.split(" ")[0],
      summary,
      ...(collection ? { collection } : {}),
    })
  })
})
