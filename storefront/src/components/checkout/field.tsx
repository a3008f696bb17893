import type { InputHTMLAttributes } from "react"

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: string
  label: string
  error?: string
}

/** A field with its name over it and, when it needs another look, a sentence under it. */
export function Field({ name, label, error, className = "", ...input }: FieldProps) {
  return (
    <div className={className}>
      <label htmlFor={name} className="label-text">
        {label}
        {!input.required && <span className="font-normal"> (optional)</span>}
      </label>
      <input
        {...input}
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
        className="field mt-1"
      />
      {error && (
        <p id={`${name}-error`} className="mt-1 text-sm text-alarm">
          {error}
        </p>
      )}
    </div>
  )
}
