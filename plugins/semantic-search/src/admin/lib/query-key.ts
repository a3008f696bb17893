/** What the cache's keys of everything about semantic search begin with: what one changes, all show. */
export const SEMANTIC_SEARCH_KEY = "semantic-search"
