/** The fields of the address form, in their order on it. */
export const ADDRESS_FIELDS = [
  "email",
  "first_name",
  "last_name",
  "address_1",
  "address_2",
  "postal_code",
  "city",
  "province",
  "country_code",
  "phone",
] as const

export type AddressField = (typeof ADDRESS_FIELDS)[number]
export type AddressValues = Record<AddressField, string>
export type AddressErrors = Partial<Record<AddressField, string>>

const REQUIRED: Partial<Record<AddressField, string>> = {
  email: "We send the confirmation there.",
  first_name: "Enter your first name.",
  last_name: "Enter your last name.",
  address_1: "Enter the street and the number.",
  postal_code: "Enter the postal code.",
  city: "Enter the town.",
  country_code: "Choose a country.",
}

/** Longer than any line of a real address. */
const MAX_LENGTH = 200

/** Somebody, an @, somewhere with a dot: whether it exists only a letter can tell. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * Reads an address from what was filled in.
 *
 * @param countries codes of the region's countries
 * @returns the values, trimmed, and a sentence for each field that needs another look
 */
export function readAddress(
  form: FormData,
  countries: readonly string[]
): { values: AddressValues; errors: AddressErrors } {
  const values = Object.fromEntries(
    ADDRESS_FIELDS.map((field) => [field, String(form.get(field) ?? "").trim()])
  ) as AddressValues
  const errors: AddressErrors = {}
  for (const field of ADDRESS_FIELDS) {
    if (!values[field] && REQUIRED[field]) {
      errors[field] = REQUIRED[field]
    } else if (values[field].length > MAX_LENGTH) {
      errors[field] = `Use at most ${MAX_LENGTH} characters.`
    }
  }
  if (values.email && !EMAIL.test(values.email)) {
    errors.email = "Enter an address like name@example.com."
  }
  if (values.country_code && !countries.includes(values.country_code)) {
    errors.country_code = "We don't deliver there from this region; choose another country."
  }
  return { values, errors }
}
