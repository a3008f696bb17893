import {
  defineSearchIndex,
  graphConsume,
  graphSeed,
  type ProductStatus,
  search,
} from "@medusajs/framework/utils"

interface ProductRow {
  id: string
  title: string
  description: string | null
  status: ProductStatus
  sales_channels?: { id: string }[]
}

const source = {
  fields: ["id", "title", "description", "status", "sales_channels.id"],
  transform: (rows: ProductRow[]) =>
    rows.map(({ id, title, description, status, sales_channels }) => ({
      ...{ id, title, status },
      description: description ?? undefined,
      sales_channel_ids: (sales_channels ?? []).map((channel) => channel.id),
    })),
}

/** The products, found by their words: Medusa's own provider. */
export default defineSearchIndex({
  name: "product",
  entity: "product",
  fields: search.define({
    id: search.keyword().filterable(),
    title: search.text().searchable({ weight: 3 }),
    description: search.text().searchable(),
    status: search.keyword().filterable(),
    sales_channel_ids: search.keyword().array().filterable(),
  }),
  events: ["product.created", "product.updated", "product.deleted"],
  consume: graphConsume(source),
  seed: graphSeed(source),
})
