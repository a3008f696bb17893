import { Hint, Input, Label, Textarea } from "@medusajs/ui"
import type { BookForm, FieldErrors } from "../lib/book-form"

interface BookFieldProps {
  name: keyof BookForm
  label: string
  hint?: string
  /** Several lines to type in. */
  rows?: number
  inputMode?: "numeric" | "decimal"
  form: BookForm
  errors: FieldErrors
  onChange: (name: keyof BookForm, value: string) => void
}

/** A labelled field of the book form, with what is wrong with it below. */
export function BookField({
  name,
  label,
  hint,
  rows,
  inputMode,
  form,
  errors,
  onChange,
}: BookFieldProps) {
  const error = errors[name]
  const note = error ?? hint
  const shared = {
    id: `book-${name}`,
    value: form[name],
    "aria-invalid": Boolean(error),
    "aria-describedby": note ? `book-${name}-note` : undefined,
  }
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={shared.id} size="small" weight="plus">
        {label}
      </Label>
      {rows ? (
        <Textarea
          {...shared}
          rows={rows}
          onChange={(event) => onChange(name, event.target.value)}
        />
      ) : (
        <Input
          {...shared}
          inputMode={inputMode}
          onChange={(event) => onChange(name, event.target.value)}
        />
      )}
      {note && (
        <Hint id={`book-${name}-note`} variant={error ? "error" : "info"}>
          {note}
        </Hint>
      )}
    </div>
  )
}
