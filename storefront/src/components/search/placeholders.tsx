/** As many entries as fill a screen; the rest of the page is below it. */
const ENTRIES = 12

/** Room for results that are on their way, so that nothing jumps when they come. */
export function Placeholders() {
  return (
    <div aria-hidden="true" className="mt-6 grid gap-x-10 border-t border-rule xl:grid-cols-2">
      {Array.from({ length: ENTRIES }, (_, i) => (
        <div key={i} className="flex gap-5 border-b border-rule py-6">
          <div className="aspect-2/3 w-22 shrink-0 bg-rule/60 sm:w-26" />
          <div className="flex-1 space-y-3">
            <div className="h-5 w-2/3 bg-rule/60" />
            <div className="h-3 w-1/3 bg-rule/60" />
            <div className="h-3 w-full bg-rule/40" />
            <div className="h-3 w-5/6 bg-rule/40" />
          </div>
        </div>
      ))}
    </div>
  )
}
