import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { QueueAnswer } from "../../api/admin/semantic-search/queue/route"
import { SEMANTIC_SEARCH_KEY } from "./query-key"
import { sdk } from "./sdk"

/** A text as it comes over HTTP: its dates are texts. */
export type FailedText = Omit<QueueAnswer["texts"][number], "failed_at"> & { failed_at: string }

interface FailedPage {
  texts: FailedText[]
  count: number
}

/**
 * A page of the texts that were set aside after failures.
 *
 * @param known how many there are, as the status tells: the page is read again when that changes
 */
export function useFailedTexts(page: { limit: number; offset: number }, known: number) {
  return useQuery({
    queryKey: [SEMANTIC_SEARCH_KEY, "queue", page, known],
    queryFn: () =>
      sdk.client.fetch<FailedPage>("/admin/semantic-search/queue", {
        query: { state: "failed", ...page },
      }),
    enabled: known > 0,
    placeholderData: (previous) => previous,
  })
}

/** Queues texts anew: those named, or all that were set aside. */
export function useReplay() {
  return useQueueChange<{ replayed: number }, string[] | undefined>("replay")
}

/** Gives up the texts that are named. */
export function useDiscard() {
  return useQueueChange<{ discarded: number }, string[]>("discard")
}

function useQueueChange<Answer, Ids extends string[] | undefined>(action: "replay" | "discard") {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: Ids) =>
      sdk.client.fetch<Answer>(`/admin/semantic-search/${action}`, {
        method: "POST",
        body: ids ? { ids } : {},
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: [SEMANTIC_SEARCH_KEY] }),
  })
}
