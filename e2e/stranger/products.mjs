/** What the stranger sells. The texts share no word with the searches by meaning that find them. */
export const PRODUCTS = [
  {
    title: "Harbour Parka",
    description: "A lined coat of waxed cotton that keeps out drizzle and wind, with a deep hood.",
  },
  {
    title: "Pebble Espresso Cups",
    description: "Two stoneware cups for strong coffee, glazed by hand, safe in the dishwasher.",
  },
  {
    title: "Trail Lantern",
    description: "A lamp for the tent that runs forty hours on one charge and folds flat.",
  },
  {
    title: "Granite Kettlebell",
    description: "Sixteen kilos of cast iron for training at home, with a grip that doesn't slip.",
  },
  {
    title: "Quiet Keys",
    description: "A mechanical keyboard that colleagues on the next desk won't hear.",
  },
  {
    title: "Lagoon Shorts",
    description: "Swimming trunks that dry in minutes, made of fishing nets from the sea bed.",
  },
  {
    title: "Sourdough Basket",
    description: "A rattan basket in which a loaf rises overnight, with a linen cloth.",
  },
  {
    title: "Window Herb Box",
    description: "A planter for basil, chives and mint on a kitchen sill, with a tray for water.",
  },
]

export const PARKA = PRODUCTS[0].title

/** A product as the Admin API takes it. */
export function productInput({ title, description }, salesChannelId) {
  return {
    title,
    description,
    status: "published",
    sales_channels: [{ id: salesChannelId }],
    options: [{ title: "Size", values: ["One"] }],
    variants: [
      {
        title: "One",
        options: { Size: "One" },
        manage_inventory: false,
        prices: [{ currency_code: "eur", amount: 30 }],
      },
    ],
  }
}
