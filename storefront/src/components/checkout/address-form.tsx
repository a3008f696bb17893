"use client"

import { useActionState } from "react"
import { saveAddress } from "@/lib/checkout/actions"
import type { AddressValues } from "@/lib/checkout/address"
import { Problem } from "../ui/problem"
import { Field } from "./field"

interface AddressFormProps {
  countries: { code: string; name: string }[]
  /** What is known already. */
  known: Partial<AddressValues>
}

/** Who orders, and where it goes. The browser checks first, the server decides. */
export function AddressForm({ countries, known }: AddressFormProps) {
  const [{ values = known, errors = {}, problem }, action, pending] = useActionState(
    saveAddress,
    {}
  )
  const field = (name: keyof AddressValues) => ({
    name,
    defaultValue: values[name] ?? "",
    error: errors[name],
  })
  const country = values.country_code || (countries.length === 1 ? countries[0]?.code : "")
  return (
    <form action={action} className="grid gap-x-5 gap-y-5 sm:grid-cols-6">
      <Field
        {...field("email")}
        label="E-mail"
        type="email"
        autoComplete="email"
        required
        className="sm:col-span-6"
      />
      <Field
        {...field("first_name")}
        label="First name"
        autoComplete="given-name"
        required
        className="sm:col-span-3"
      />
      <Field
        {...field("last_name")}
        label="Last name"
        autoComplete="family-name"
        required
        className="sm:col-span-3"
      />
      <Field
        {...field("address_1")}
        label="Street and number"
        autoComplete="address-line1"
        required
        className="sm:col-span-6"
      />
      <Field
        {...field("address_2")}
        label="Flat, floor, company"
        autoComplete="address-line2"
        className="sm:col-span-6"
      />
      <Field
        {...field("postal_code")}
        label="Postal code"
        autoComplete="postal-code"
        required
        className="sm:col-span-2"
      />
      <Field
        {...field("city")}
        label="Town"
        autoComplete="address-level2"
        required
        className="sm:col-span-4"
      />
      <Field
        {...field("province")}
        label="State or province"
        autoComplete="address-level1"
        className="sm:col-span-3"
      />
      <div className="sm:col-span-3">
        <label htmlFor="country_code" className="label-text">
          Country
        </label>
        <select
          key={country}
          id="country_code"
          name="country_code"
          autoComplete="country"
          required
          defaultValue={country}
          aria-invalid={errors.country_code ? true : undefined}
          aria-describedby={errors.country_code ? "country_code-error" : undefined}
          className="field mt-1"
        >
          <option value="">Choose a country</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        {errors.country_code && (
          <p id="country_code-error" className="mt-1 text-sm text-alarm">
            {errors.country_code}
          </p>
        )}
      </div>
      <Field
        {...field("phone")}
        label="Phone, for the courier"
        type="tel"
        autoComplete="tel"
        className="sm:col-span-3"
      />
      <div className="space-y-3 pt-2 sm:col-span-6">
        <Problem>{problem}</Problem>
        <button type="submit" disabled={pending} className="button min-w-48">
          {pending ? "Saving …" : "Go on"}
        </button>
      </div>
    </form>
  )
}
