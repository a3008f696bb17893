"use client"

/** When even the frame of the page fails there are no styles to lean on. */
export default function GlobalError({ retry }: { error: Error; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: "Georgia, serif",
          margin: "4rem auto",
          maxWidth: "36rem",
          padding: "0 1.25rem",
        }}
      >
        <h1>Libro-Mind is out of reach for a moment.</h1>
        <p>Something broke on our side. Please try again.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  )
}
