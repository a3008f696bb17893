import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Diagnosis } from "../../doctor/diagnose"
import { sdk } from "./sdk"

/** How often the page looks again, in milliseconds: often enough to watch vectors come in. */
const REFETCH_INTERVAL = 5000

const KEY = ["semantic-search", "status"]

/** How semantic search stands; looks again by itself. */
export function useDiagnosis() {
  return useQuery({
    queryKey: KEY,
    queryFn: () => sdk.client.fetch<Diagnosis>("/admin/semantic-search/status"),
    refetchInterval: REFETCH_INTERVAL,
  })
}

/** Queues anew the texts that were set aside. */
export function useReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<{ replayed: number }>("/admin/semantic-search/replay", { method: "POST" }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
