import { format } from "winston"

const EMAIL_ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** Takes e-mail addresses out of what is logged: an error that names a customer does so by his. */
export const withoutEmailAddresses = format((line) => {
  for (const [name, value] of Object.entries(line)) {
    if (typeof value === "string") {
      line[name] = value.replaceAll(EMAIL_ADDRESS, "[e-mail address]")
    }
  }
  return line
})
