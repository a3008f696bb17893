/** The name of the package, under which its spans and metrics are found. */
export const SCOPE = "medusa-plugin-semantic-search"
