/**
 * A failure that the user can do something about. Its message is one line that says what is wrong
 * and what to do; no stack is shown for it.
 */
export class ToolError extends Error {
  /**
   * @param {string} message
   * @param {{ output?: string[] }} [details] `output`: the last lines of the command that failed.
   */
  constructor(message, { output = [] } = {}) {
    super(message)
    this.name = "ToolError"
    this.output = output
  }
}

/** A program that we don't install is missing or too old: what needs it can only be left out. */
export class MissingProgram extends ToolError {}

/** Work was cut short because the user asked to stop (Ctrl-C, SIGTERM, a closed terminal). */
export class Interrupted extends Error {
  constructor() {
    super("Stopped.")
    this.name = "Interrupted"
  }
}

/** Prints an error the way a user should see it: the failing command's last lines, then one line. */
export function printError(error) {
  if (error instanceof ToolError) {
    for (const line of error.output) console.error(`  │ ${line}`)
    console.error(`✗ ${error.message}`)
  } else {
    console.error(error)
  }
}
