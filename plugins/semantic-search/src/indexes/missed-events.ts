import { MissedIds } from "../providers/pgvector/storage/missed-ids"

/** What events carried that came while the store couldn't be read, by the events' names. */
export const missedEvents = new MissedIds()
