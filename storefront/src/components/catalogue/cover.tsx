/** The size a cover is drawn in; the page decides how large it stands. */
const WIDTH = 400
const HEIGHT = 600

interface CoverProps {
  src: string | null | undefined
  /** Empty where the title stands beside it. */
  alt?: string
  /** Covers above the fold are fetched at once. */
  eager?: boolean
  className?: string
}

/** A book's cover in its fixed proportion. */
export function Cover({ src, alt = "", eager = false, className = "" }: CoverProps) {
  return (
    <div className={`cover ${className}`}>
      {src && (
        <img
          src={src}
          alt={alt}
          width={WIDTH}
          height={HEIGHT}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          className="h-full w-full object-cover"
        />
      )}
    </div>
  )
}
