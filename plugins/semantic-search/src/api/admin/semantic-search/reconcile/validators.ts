import { z } from "@medusajs/framework/zod"

/** Which index; left out, the products'. */
export const AdminReconcile = z.object({ index: z.string().min(1).optional() }).strict()

export type AdminReconcileBody = z.infer<typeof AdminReconcile>
