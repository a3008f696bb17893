import { z } from "@medusajs/framework/zod"

/** Parts of other types than text, such as the products of an earlier answer, are passed over. */
const MessagePart = z.looseObject({ type: z.string(), text: z.string().optional() })

const Message = z.looseObject({
  role: z.enum(["user", "assistant"]),
  parts: z.array(MessagePart),
})

/** What `useChat` of AI SDK sends, and the shopper's region or currency. */
export const StoreAssistant = z.object({
  id: z.string().optional(),
  messages: z.array(Message).min(1),
  currency_code: z
    .string()
    .regex(/^[a-z]{3}$/i, `"currency_code" takes three letters, such as "eur"`)
    .optional(),
  region_id: z
    .string()
    .regex(/^[\w-]{1,100}$/, `"region_id" takes the id of a region`)
    .optional(),
  locale: z.string().optional(),
  // `useChat` says whether a message is new or asked again, and which.
  trigger: z.string().optional(),
  messageId: z.string().nullish(),
})

export type StoreAssistantBody = z.infer<typeof StoreAssistant>
