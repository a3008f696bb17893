/** An address as far as it is shown. */
export interface ShownAddress {
  first_name?: string | null
  last_name?: string | null
  address_1?: string | null
  address_2?: string | null
  postal_code?: string | null
  city?: string | null
  province?: string | null
  country_code?: string | null
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region" })

/** An address as on an envelope. */
export function AddressLines({ address }: { address: ShownAddress }) {
  const { country_code } = address
  const lines = [
    [address.first_name, address.last_name],
    [address.address_1],
    [address.address_2],
    [address.postal_code, address.city, address.province],
    [country_code ? countryNames.of(country_code.toUpperCase()) : undefined],
  ]
    .map((parts) => parts.filter(Boolean).join(" "))
    .filter(Boolean)
  return (
    <address className="not-italic">
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </address>
  )
}
