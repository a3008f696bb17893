import type { ExecArgs } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { QUEUE_STATES, type QueuePage } from "../providers/pgvector/embedding-queue/queue-contents"
import { asksForUsage } from "./usage"

const USAGE = `Usage: npx medusa exec ./src/scripts/queue.ts [COMMAND]

The texts that wait for their vectors, and those that were set aside after too many failures.

  list [failed|waiting|discarded] [json]   shows the first 100 with their errors; "failed" by default
  replay [ID…]                             queues anew those named, or all that were set aside
  discard ID…                              gives those named up: found by keyword only until they change`

/** The most texts that are shown. */
const LIMIT = 100

const Id = z.string().regex(/^[0-9a-f]{32}$/, `An ID is one that "list" shows`)

const List = z.literal("list")
const State = z.enum(QUEUE_STATES)
const Json = z.literal("json")

/** What stands behind the script's name: a command, and what it takes. */
const QueueArguments = z.union([
  z
    .union([
      z.tuple([]),
      z.tuple([List]),
      z.tuple([List, State]),
      z.tuple([List, Json]),
      z.tuple([List, State, Json]),
    ])
    .transform(([, ...words]) => ({
      command: "list" as const,
      state: QUEUE_STATES.find((state) => words.some((word) => word === state)) ?? "failed",
      json: words.some((word) => word === "json"),
    })),
  z
    .tuple([z.literal("replay")], Id)
    .transform(([, ...ids]) => ({ command: "replay" as const, ids: ids.length ? ids : undefined })),
  z
    .tuple([z.literal("discard"), Id], Id)
    .transform(([, ...ids]) => ({ command: "discard" as const, ids })),
])

/** Shows the embedding queue, replays what failed, gives up what can't be helped. */
export default async function queue({ container, args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const read = QueueArguments.safeParse(args)
  if (!read.success) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Can't make sense of "${args.join(" ")}".\n\n${USAGE}`
    )
  }
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const given = read.data
  switch (given.command) {
    case "list": {
      const page = await service.listQueue({ state: given.state, limit: LIMIT, offset: 0 })
      return console.log(given.json ? JSON.stringify(page, null, 2) : report(page, given.state))
    }
    case "replay":
      return console.log(`${await service.replayFailed(given.ids)} text(s) are queued anew`)
    case "discard":
      return console.log(`${await service.discardFailed(given.ids)} text(s) were given up`)
  }
}

function report({ texts, count }: QueuePage, state: string): string {
  const shown = count > texts.length ? `, of which the first ${texts.length} are shown` : ""
  const lines = [`${count} text(s) ${state}${shown}`]
  for (const { id, text, attempts, last_error, documents } of texts) {
    lines.push("", `${id}  ${attempts} attempt(s)  ${documents.join(", ")}`, `  ${oneLine(text)}`)
    if (last_error) {
      lines.push(`  ✗ ${oneLine(last_error)}`)
    }
  }
  return lines.join("\n")
}

const oneLine = (text: string) => text.replace(/\s+/g, " ")
