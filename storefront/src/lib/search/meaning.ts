/** What the provider says of how it answered. */
export interface ProviderMetadata {
  mode?: "hybrid" | "keyword" | "semantic" | "filter"
  /** Why meaning was not used. */
  degraded?: string
}

/** Whether a question was answered by its words alone, so that the shopper should be told. */
export function answeredByWordsOnly(
  query: string | undefined,
  metadata: ProviderMetadata | undefined
): boolean {
  return Boolean(query && (metadata?.degraded || metadata?.mode === "keyword"))
}
