/** What went wrong with a form, said at once to those who can't see it. */
export function Problem({ children }: { children: string | undefined }) {
  return (
    <p role="alert" className="font-medium text-alarm empty:hidden">
      {children}
    </p>
  )
}
