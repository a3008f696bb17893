const SECONDS_PER_MINUTE = 60

/**
 * What a shopper is told who has asked too much.
 *
 * @param seconds until the next question may be asked; NaN where nobody said
 */
export function tooManyQuestions(seconds: number): string {
  return `I have answered a good deal in a short time and need a breath. Please ask me again ${when(seconds)}.`
}

function when(seconds: number): string {
  if (!(seconds > 0)) {
    return "in a few minutes"
  }
  if (seconds <= SECONDS_PER_MINUTE) {
    return seconds === 1 ? "in a second" : `in ${seconds} seconds`
  }
  return `in ${Math.ceil(seconds / SECONDS_PER_MINUTE)} minutes`
}
