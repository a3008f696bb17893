import { z } from "@medusajs/framework/zod"
import { QUEUE_STATES } from "../../../providers/pgvector/embedding-queue/queue-contents"

/** Texts a page, when nothing else is asked for, and at most. */
const PAGE = { default: 20, max: 100 }

/** The most texts that are named in one request. */
const MAX_IDS = 1_000

/** Ids as `GET /admin/semantic-search/queue` gives them. */
const Ids = z.array(z.string().regex(/^[0-9a-f]{32}$/, "is no id of a queued text")).max(MAX_IDS)

/** Which texts of the queue; left out, those that were set aside. */
export const AdminQueueParams = z.strictObject({
  state: z.enum(QUEUE_STATES).default("failed"),
  limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.default),
  offset: z.coerce.number().int().min(0).default(0),
})

/** Which texts are queued anew; left out, all that were set aside. */
export const AdminReplay = z.strictObject({ ids: Ids.min(1).optional() }).default({})

/** Which texts are given up. They are always named: what is given up is found by keyword only. */
export const AdminDiscard = z.strictObject({ ids: Ids.min(1) })

export type AdminQueueParamsInput = z.infer<typeof AdminQueueParams>
export type AdminReplayBody = z.infer<typeof AdminReplay>
export type AdminDiscardBody = z.infer<typeof AdminDiscard>
