import { Reporter } from "@medusajs/cli/dist/reporter"
import winston from "winston"
import { withTrace } from "./with-trace"
import { withoutEmailAddresses } from "./without-email-addresses"

/** What is logged unless LOG_LEVEL says otherwise: with a line a request. */
const DEFAULT_LEVEL = "http"

/** One request, as its line in the log tells of it: nothing of it is a person's. */
export interface RequestLine {
  method: string
  /** The route's pattern, such as "/store/products/:id"; undefined where no route answered. */
  route?: string
  status: number
  duration_ms: number
}

/**
 * The log of a Medusa process, for machines to read: a JSON object a line in the fields of Medusa's own, with
 * the trace that it belongs to and without e-mail addresses.
 */
export class JsonLogger extends Reporter {
  /**
   * @param env LOG_LEVEL: error, warn, info, http (default), verbose, debug or silly
   * @param transport where the lines go; default: standard output
   */
  constructor(
    env: NodeJS.ProcessEnv,
    transport: winston.transport = new winston.transports.Console()
  ) {
    const { combine, errors, json, splat, timestamp } = winston.format
    const logger = winston.createLogger({
      level: env.LOG_LEVEL || DEFAULT_LEVEL,
      levels: winston.config.npm.levels,
      format: combine(
        timestamp(),
        errors({ stack: true }),
        splat(),
        withTrace(),
        withoutEmailAddresses(),
        json()
      ),
      transports: [transport],
    })
    // Activities are drawn in development only, for which this log isn't.
    super({ logger, activityLogger: undefined })
  }

  /**
   * Whether a line of that level is written. Medusa asks before it writes a line a request, which would hold
   * the shopper's address, his browser and what he typed: {@link request} writes another in its place.
   */
  override shouldLog = (level: string): boolean =>
    level !== "http" && this.loggerInstance_.isLevelEnabled(level)

  /** Writes the line of a request. */
  request(line: RequestLine): void {
    this.loggerInstance_.log({ level: "http", message: "request", ...line })
  }
}
