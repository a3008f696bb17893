import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminProduct, DetailWidgetProps } from "@medusajs/framework/types"
import { Button, Container, Heading, Text } from "@medusajs/ui"
import { useState } from "react"
import { BookDrawer } from "../components/book-drawer"
import { BookFactsList } from "../components/book-facts-list"
import { useProductBook } from "../lib/use-product-book"

/** The book facts on a product's page. */
const ProductBookWidget = ({ data: product }: DetailWidgetProps<AdminProduct>) => {
  const [editing, setEditing] = useState(false)
  const { data, error, isPending } = useProductBook(product.id)
  const facts = data?.book ?? null
  const note = isPending
    ? "Loading…"
    : error
      ? `The book can't be read: ${error.message}`
      : "This product has no book facts yet."
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">Book</Heading>
        <Button size="small" variant="secondary" disabled={!data} onClick={() => setEditing(true)}>
          {facts ? "Edit" : "Add"}
        </Button>
      </div>
      {facts ? (
        <BookFactsList facts={facts} />
      ) : (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {note}
        </Text>
      )}
      {editing && (
        <BookDrawer productId={product.id} facts={facts} onClose={() => setEditing(false)} />
      )}
    </Container>
  )
}

export const config = defineWidgetConfig({ zone: "product.details.after" })

export default ProductBookWidget
