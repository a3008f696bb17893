import path from "node:path"
import { writeFileSync } from "node:fs"
import type { ExecArgs } from "@medusajs/framework/types"
import {
  DEFAULT_EMBEDDING_MODEL,
  TransformersEmbedder,
} from "medusa-plugin-semantic-search/embedding"
import { currentDataset, readDocuments, VECTOR_FIELD } from "../dataset/dataset"

/** Texts handed to the model at a time, and before the clock is started. */
const BATCH_SIZE = 32

/** Enough for a steady rate. */
const TEXTS = 640

/**
 * How many of the dataset's texts a second the bare model embeds, without a database or queue. The
 * first argument is the file that the figure is written to.
 */
export default async function run({ args: [to] }: ExecArgs): Promise<void> {
  const models = process.env.LIBRO_MODELS_DIR
  const embedder = new TransformersEmbedder({
    model: DEFAULT_EMBEDDING_MODEL,
    models_dir: models && path.resolve(models),
  })
  const texts: string[] = []
  for await (const document of readDocuments(currentDataset()!.documents)) {
    texts.push(String(document[VECTOR_FIELD]))
    if (texts.length === TEXTS + BATCH_SIZE) {
      break
    }
  }
  await embedder.embed(texts.splice(0, BATCH_SIZE))
  const started = performance.now()
  for (let i = 0; i < texts.length; i += BATCH_SIZE) {
    await embedder.embed(texts.slice(i, i + BATCH_SIZE))
  }
  const seconds = (performance.now() - started) / 1000
  writeFileSync(to, JSON.stringify({ texts_per_second: texts.length / seconds }))
  await embedder.close()
}
