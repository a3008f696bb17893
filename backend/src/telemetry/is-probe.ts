const PROBES: ReadonlySet<string> = new Set(["/health", "/ready"])

/** Whether a request is one of those that keep asking whether the process lives: they tell nothing of the shop. */
export const isProbe = (url = ""): boolean => PROBES.has(url.split("?")[0])
