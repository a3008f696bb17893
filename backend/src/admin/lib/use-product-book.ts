import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { BookFacts } from "../../catalogue/book-record"
import { sdk } from "./sdk"

interface ProductBook {
  book: BookFacts | null
}

const path = (productId: string) => `/admin/products/${productId}/book`
const key = (productId: string) => ["product-book", productId]

/** The book facts of a product. */
export function useProductBook(productId: string) {
  return useQuery({
    queryKey: key(productId),
    queryFn: () => sdk.client.fetch<ProductBook>(path(productId)),
  })
}

/** Saves the book facts of a product and shows what was saved. */
export function useSaveProductBook(productId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (facts: BookFacts) =>
      sdk.client.fetch<ProductBook>(path(productId), { method: "POST", body: facts }),
    onSuccess: (saved) => client.setQueryData(key(productId), saved),
  })
}
