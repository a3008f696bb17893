import { shelfMates } from "@/lib/catalogue/shelf-mates"
import { ShelfRow } from "../catalogue/shelf-row"

interface ShelfMatesProps {
  book: { id: string; title: string; description?: string | null }
  currency: string
}

/** Books that are near to this one in what they are about. */
export async function ShelfMates({ book, currency }: ShelfMatesProps) {
  return (
    <ShelfRow title="Not far from this one" books={await shelfMates(book)} currency={currency} />
  )
}
