import type { MetadataRoute } from "next"

/** Books and the front are for everyone; endless combinations of filters, baskets and orders aren't. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: "/",
      disallow: ["/search", "/cart", "/checkout", "/orders", "/api"],
    },
  }
}
