import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { currentBuild, startBuild } from "../../../dataset/watched-build"

/** Begins to build the index that the body names. */
export async function POST(req: MedusaRequest<{ index: string }>, res: MedusaResponse) {
  res.status(202).json(startBuild(req.scope, req.body.index))
}

/** The build that runs, or the last one. */
export async function GET(_req: MedusaRequest, res: MedusaResponse) {
  res.json(currentBuild() ?? null)
}
