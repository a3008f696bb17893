import type { Metadata, Viewport } from "next"
import { cookies } from "next/headers"
import type { ReactNode } from "react"
import { AssistantProvider } from "@/components/assistant/assistant-context"
import { Footer } from "@/components/layout/footer"
import { Header } from "@/components/layout/header"
import { currentRegion, listRegions } from "@/lib/region/regions"
import { sans, sansExtended, serif, serifExtended } from "./fonts"
import "./globals.css"

export const metadata: Metadata = {
  title: {
    default: "Libro-Mind, a bookshop that understands what you mean",
    template: "%s · Libro-Mind",
  },
  description:
    "Describe a plot you half remember or a mood you are in, and find the book. Paperbacks, hardcovers, e-books and audiobooks.",
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f0e7" },
    { media: "(prefers-color-scheme: dark)", color: "#181613" },
  ],
}

const FONTS = [serif, serifExtended, sans, sansExtended].map(({ variable }) => variable).join(" ")

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The cookie first: from it on Next knows that nothing here can be made at build time.
  const theme = await readTheme()
  const regions = await readRegions()
  const region = regions && { id: regions.current.id, currency: regions.current.currency }
  return (
    <html lang="en" data-theme={theme} className={FONTS}>
      <body className="flex flex-col">
        <a
          href="#content"
          className="absolute -top-20 left-4 z-50 bg-cloth px-4 py-2 text-on-cloth focus:top-4"
        >
          Skip to the content
        </a>
        <AssistantProvider region={region}>
          <Header regions={regions} />
          <main id="content" tabIndex={-1} className="flex-1 outline-none">
            {children}
          </main>
          <Footer regions={regions} />
        </AssistantProvider>
      </body>
    </html>
  )
}

/** The layout stands even while the backend doesn't answer: then there is no region to choose. */
async function readRegions() {
  try {
    const [all, current] = await Promise.all([listRegions(), currentRegion()])
    return { all, current }
  } catch {
    return undefined
  }
}

async function readTheme(): Promise<"light" | "dark" | undefined> {
  const theme = (await cookies()).get("libro_theme")?.value
  return theme === "light" || theme === "dark" ? theme : undefined
}
