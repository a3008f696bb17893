/**
 * What a line of a command's output says. In production Medusa logs JSON; other programs, our own
 * scripts among them, print plain text.
 *
 * @param {string} line
 * @returns {{ message: string, isLog: boolean }} `isLog`: the line came from Medusa's logger.
 */
export function readLogLine(line) {
  try {
    const { message } = JSON.parse(line)
    // Requests are logged without a message: the line itself has to do.
    return { message: message === undefined ? line : String(message), isLog: true }
  } catch {
    return { message: line, isLog: false }
  }
}
