import type {
  ISearchModuleService,
  Logger,
  MedusaContainer,
  SearchTypes,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type { Comparison } from "../modules/semantic-search/compare"
import type { ReconcileProgress } from "../modules/semantic-search/reconcile-progress"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { beginReading, markReadingTime } from "../providers/pgvector/storage/reading-time"
import {
  ATTR_COMPARED,
  ATTR_DRY_RUN,
  ATTR_INDEX,
  ATTR_REMOVED,
  ATTR_REPAIRED,
  inSpan,
} from "../telemetry"

/** The index that `defineSemanticProductIndex` defines under its default name. */
const PRODUCT_INDEX = "product"

/** How many ids of each kind a report shows. */
const EXAMPLES = 10

export interface ReconcileOptions {
  /** The index's name. @defaultValue "product" */
  index?: string
  /** Whether what differs is only counted, and nothing written. @defaultValue false */
  dryRun?: boolean
  /** Is told after each page how far it is. */
  onProgress?: (progress: ReconcileProgress) => void
}

/** What happened to a request to reconcile. */
export type ReconcileOutcome =
  | { outcome: "finished"; report: ReconcileProgress }
  /** Another run has the index in hand. */
  | { outcome: "busy" }
  /** The index serves nothing yet: its first build will read everything anyway. */
  | { outcome: "not serving" }

/** A reconciliation that has its index for itself and is ready to run. */
interface Run {
  container: MedusaContainer
  definition: SearchTypes.ResolvedSearchIndexDefinition
  comparison: Comparison
  progress: ReconcileProgress
  options: ReconcileOptions
  save: (progress: ReconcileProgress) => Promise<void>
}

/**
 * Compares every product with its document, by content, and repairs what differs: changes whose event
 * was lost with a process, documents that were deleted or changed behind the store's back, documents of
 * products that are gone. `updated_at` can't tell, since prices, stock, channels and categories don't
 * move it.
 *
 * It goes through products and documents side by side in the order of their ids, a page at a time, and
 * keeps its place in the database: a run that was cut off is gone on with. It may run while the shop
 * sells: the newest reading wins, so what it read a moment ago never replaces what an event wrote since.
 */
export async function reconcileProducts(
  container: MedusaContainer,
  options: ReconcileOptions = {}
): Promise<ReconcileOutcome> {
  const begun = await beginReconciliation(container, options)
  return typeof begun === "string"
    ? { outcome: begun }
    : { outcome: "finished", report: await begun() }
}

/**
 * Makes ready to reconcile, for who won't wait for the end.
 *
 * @returns what runs it, or why it can't run
 * @throws MedusaError `not_found` when there is no such index
 */
export async function beginReconciliation(
  container: MedusaContainer,
  options: ReconcileOptions = {}
): Promise<(() => Promise<ReconcileProgress>) | "busy" | "not serving"> {
  const { index = PRODUCT_INDEX, dryRun = false } = options
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const definition = container.resolve<ISearchModuleService>(Modules.SEARCH).getIndex(index)
  const comparison = await service.compareWith(definition.physical_name)
  if (!comparison) {
    return "not serving"
  }
  const run = { container, definition, comparison, options }
  if (dryRun) {
    return () => reconcile({ ...run, progress: newProgress(index), save: async () => {} })
  }
  const unfinished = await service.takeReconciliation(index)
  if (unfinished === "busy") {
    return "busy"
  }
  return () =>
    reconcile({
      ...run,
      progress: unfinished ?? newProgress(index),
      save: (progress) => service.saveReconciliation(progress),
    })
}

function newProgress(index: string): ReconcileProgress {
  return {
    index,
    began_at: new Date().toISOString(),
    finished_at: null,
    after: null,
    compared: 0,
    missing: 0,
    different: 0,
    extra: 0,
    examples: { missing: [], different: [], extra: [] },
    error: null,
  }
}

/** Runs it inside a span, whoever asked for it: the job, the route or a script. */
async function reconcile(run: Run): Promise<ReconcileProgress> {
  const { progress, options, save } = run
  const attributes = { [ATTR_INDEX]: progress.index, [ATTR_DRY_RUN]: !!options.dryRun }
  await inSpan("semantic_search.reconcile", attributes, async (span) => {
    try {
      await comparePages(run)
      progress.finished_at = new Date().toISOString()
    } catch (error) {
      progress.error = (error as Error).message
      throw error
    } finally {
      span.setAttributes({
        [ATTR_COMPARED]: progress.compared,
        [ATTR_REPAIRED]: options.dryRun ? 0 : progress.missing + progress.different,
        [ATTR_REMOVED]: options.dryRun ? 0 : progress.extra,
      })
      await save(progress)
      options.onProgress?.(progress)
    }
  })
  report(run)
  return progress
}

async function comparePages({
  container,
  definition,
  comparison,
  progress,
  options,
  save,
}: Run): Promise<void> {
  const context = {
    container: {
      query: container.resolve(ContainerRegistrationKeys.QUERY),
      logger: container.resolve<Logger>(ContainerRegistrationKeys.LOGGER),
    },
    index: definition,
    // None: all products, as a run of their own rather than a rebuild, whose end is much work.
    filters: {},
    last_key: progress.after ?? undefined,
  } as SearchTypes.SearchSeedContext
  const search = container.resolve<ISearchModuleService>(Modules.SEARCH)
  progress.error = null
  await save(progress)

  const compare = async (documents: SearchTypes.SearchDocument[]) => {
    const { missing, different } = await comparison.differences(documents)
    const stale = new Set([...missing, ...different])
    if (stale.size && !options.dryRun) {
      const changed = documents.filter(({ id }) => stale.has(id))
      await search.upsertDocuments({ index: definition.name, documents: changed })
    }
    note(progress, { missing, different, extra: [] })
    progress.compared += documents.length
  }
  const removeExtra = async (present: string[], upTo: string | undefined, before: Date) => {
    const stretch = { after: progress.after ?? undefined, upTo }
    for await (const candidates of comparison.extra(stretch, present, before)) {
      const extra = await without(context, definition, candidates)
      if (extra.length && !options.dryRun) {
        const [filters] = markReadingTime([{ [definition.primary_key]: extra }], before)
        await search.deleteDocuments({ index: definition.name, filters })
      }
      note(progress, { missing: [], different: [], extra })
    }
  }

  let before = beginReading()
  for await (const mutations of definition.seed(context)) {
    const documents = mutations.flatMap((mutation) =>
      mutation.action === "upsert" ? mutation.documents : []
    )
    const ids = documents.map(({ id }) => id)
    await compare(documents)
    await removeExtra(ids, ids.at(-1), before)
    progress.after = ids.at(-1) ?? progress.after
    await save(progress)
    options.onProgress?.(progress)
    before = beginReading()
  }
  await removeExtra([], undefined, before)
}

/** Those ids of which the store really has no product: nothing is deleted on the word of an order alone. */
async function without(
  { container: { query } }: SearchTypes.SearchSeedContext,
  { entity, primary_key }: SearchTypes.ResolvedSearchIndexDefinition,
  ids: string[]
): Promise<string[]> {
  const { data } = await query.graph({
    entity,
    fields: [primary_key],
    filters: { [primary_key]: ids },
  } as Parameters<typeof query.graph>[0])
  const there = new Set(data.map((row) => (row as Record<string, unknown>)[primary_key]))
  return ids.filter((id) => !there.has(id))
}

function note(progress: ReconcileProgress, found: ReconcileProgress["examples"]): void {
  for (const kind of ["missing", "different", "extra"] as const) {
    progress[kind] += found[kind].length
    const room = EXAMPLES - progress.examples[kind].length
    progress.examples[kind].push(...found[kind].slice(0, room))
  }
}

function report({ container, progress, options }: Run): void {
  const { index, compared, missing, different, extra } = progress
  if (options.dryRun || !(missing + different + extra)) {
    return
  }
  container
    .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    .info(
      `[semantic-search] Reconciled "${index}": of ${compared} document(s) ${missing} were missing, ${different} different; ${extra} of no product removed`
    )
}
