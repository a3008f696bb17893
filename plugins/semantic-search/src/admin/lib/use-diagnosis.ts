import { useQuery } from "@tanstack/react-query"
import type { Diagnosis } from "../../doctor/diagnose"
import { SEMANTIC_SEARCH_KEY } from "./query-key"
import { sdk } from "./sdk"

/** How often the page looks again, in milliseconds: often enough to watch vectors come in. */
const REFETCH_INTERVAL = 5000

const KEY = [SEMANTIC_SEARCH_KEY, "status"]

/** How semantic search stands; looks again by itself. */
export function useDiagnosis() {
  return useQuery({
    queryKey: KEY,
    queryFn: () => sdk.client.fetch<Diagnosis>("/admin/semantic-search/status"),
    refetchInterval: REFETCH_INTERVAL,
  })
}
