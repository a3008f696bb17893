import { SpanKind } from "@opentelemetry/api"
import { instruments } from "./instruments"
import {
  ATTR_DB_COLLECTION,
  ATTR_DB_OPERATION,
  ATTR_DB_ROWS,
  ATTR_DB_SUMMARY,
  ATTR_DB_SYSTEM,
  ATTR_ERROR_TYPE,
} from "./names"
import { errorType, inSpan, isTraced } from "./tracing"

const SYSTEM = { [ATTR_DB_SYSTEM]: "postgresql" }

const MS_PER_SECOND = 1_000

/** What a statement does, in the words of OpenTelemetry's conventions for databases. */
export interface StatementFacts {
  /** Its verb: "SELECT". */
  operation: string
  /** The first table of the plugin that it names. */
  collection?: string
  /** Verb and table, without the version of an index: few enough values to count by. */
  summary: string
}

/** Reads a statement's text; its values are bound, and so not in it. */
export function describeStatement(text: string): StatementFacts {
  const first = /[a-z]+/i.exec(text)?.[0].toUpperCase() ?? "UNKNOWN"
  const operation =
    first === "WITH"
      ? (/\b(INSERT INTO|DELETE FROM|UPDATE "?\w+"? SET)\b/.exec(text)?.[0].split(" ")[0] ??
        "SELECT")
      : first
  const collection = /\b(?:FROM|INTO|UPDATE|JOIN)\s+"?(semantic_search_\w+)/.exec(text)?.[1]
  const summary = [operation, collection?.replace(/_v\d+$/, "")].filter(Boolean).join(" ")
  return { operation, ...(collection ? { collection } : {}), summary }
}

/**
 * Times a statement. It gets a span where it is part of something that is traced: the looks of an idle
 * worker at its queue would be a trace each second otherwise.
 */
export async function observeStatement<Row>(
  text: string,
  run: () => Promise<Row[]>
): Promise<Row[]> {
  const facts = describeStatement(text)
  const measured = {
    ...SYSTEM,
    [ATTR_DB_OPERATION]: facts.operation,
    [ATTR_DB_SUMMARY]: facts.summary,
  }
  const started = performance.now()
  const record = (failure: Record<string, string> = {}) =>
    instruments().statementDuration.record((performance.now() - started) / MS_PER_SECOND, {
      ...measured,
      ...failure,
    })
  try {
    const rows = isTraced()
      ? await inSpan(
          facts.summary,
          { ...measured, [ATTR_DB_COLLECTION]: facts.collection },
          async (span) => {
            const found = await run()
            span.setAttribute(ATTR_DB_ROWS, found.length)
            return found
          },
          SpanKind.CLIENT
        )
      : await run()
    record()
    return rows
  } catch (error) {
    record({ [ATTR_ERROR_TYPE]: errorType(error) })
    throw error
  }
}
