import { type BatchObservableResult, metrics, type Observable } from "@opentelemetry/api"
import type { PoolState } from "../providers/pgvector/database"
import { ATTR_INDEX, ATTR_MODEL, ATTR_POOL, ATTR_POOL_STATE } from "./names"
import { SCOPE } from "./scope"

/** What is looked at when metrics are collected, since it is a state and not an event. */
export interface ObservedState {
  /** `model@revision` whose queue it is. */
  model: string
  queue: { waiting: number; oldest_seconds: number; failed: number }
  /** Products that are to be read anew. */
  refresh: { waiting: number; oldest_seconds: number }
  pool: PoolState
  /** The indexes that serve reads. */
  indexes: { index: string; documents: number; without_vector: number }[]
}

/**
 * Has the queue and the serving indexes measured at every collection of metrics. Register it when the
 * SDK is: the API has no stand-in for a meter.
 *
 * @param read looks the state up; a failure leaves this collection without these figures
 * @returns ends it
 */
export function observeState(read: () => Promise<ObservedState>): () => void {
  const meter = metrics.getMeter(SCOPE)
  const gauge = (name: string, unit: string, description: string) =>
    meter.createObservableGauge(name, { unit, description })
  const gauges = {
    waiting: gauge("semantic_search.queue.waiting", "{text}", "Texts that wait to be embedded"),
    oldestAge: gauge("semantic_search.queue.oldest_age", "s", "Age of the oldest waiting text"),
    failed: gauge("semantic_search.queue.failed", "{text}", "Texts set aside after failures"),
    refreshWaiting: gauge(
      "semantic_search.refresh.waiting",
      "{product}",
      "Products that are to be read anew"
    ),
    refreshOldestAge: gauge(
      "semantic_search.refresh.oldest_age",
      "s",
      "Age of the oldest product that is to be read anew"
    ),
    connections: gauge("db.client.connection.count", "{connection}", "Connections to Postgres"),
    connectionsMax: gauge("db.client.connection.max", "{connection}", "The most connections"),
    connectionsPending: gauge(
      "db.client.connection.pending_requests",
      "{request}",
      "Statements that wait for a connection"
    ),
    documents: gauge("semantic_search.index.documents", "{document}", "Documents of an index"),
    withoutVector: gauge(
      "semantic_search.index.without_vector",
      "{document}",
      "Documents of an index that wait for their vector and are found by keyword only"
    ),
  }
  const observe = async (result: BatchObservableResult) => {
    const { model, queue, refresh, pool, indexes } = await read()
    const ofModel = { [ATTR_MODEL]: model }
    result.observe(gauges.waiting, queue.waiting, ofModel)
    result.observe(gauges.oldestAge, queue.oldest_seconds, ofModel)
    result.observe(gauges.failed, queue.failed, ofModel)
    result.observe(gauges.refreshWaiting, refresh.waiting)
    result.observe(gauges.refreshOldestAge, refresh.oldest_seconds)
    const ofPool = { [ATTR_POOL]: "medusa" }
    result.observe(gauges.connections, pool.used, { ...ofPool, [ATTR_POOL_STATE]: "used" })
    result.observe(gauges.connections, pool.idle, { ...ofPool, [ATTR_POOL_STATE]: "idle" })
    result.observe(gauges.connectionsMax, pool.max, ofPool)
    result.observe(gauges.connectionsPending, pool.pending, ofPool)
    for (const { index, documents, without_vector } of indexes) {
      const ofIndex = { [ATTR_INDEX]: index }
      result.observe(gauges.documents, documents, ofIndex)
      result.observe(gauges.withoutVector, without_vector, ofIndex)
    }
  }
  const observed: Observable[] = Object.values(gauges)
  meter.addBatchObservableCallback(observe, observed)
  return () => meter.removeBatchObservableCallback(observe, observed)
}
