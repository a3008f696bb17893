import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Texts that were set aside and that somebody gave up: they stay, so that nothing queues them anew. */
export class Migration20261125030000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      ALTER TABLE semantic_search_embedding_job ADD COLUMN IF NOT EXISTS discarded_at timestamptz;`)
  }

  override async down(): Promise<void> {
    this.addSql(`ALTER TABLE semantic_search_embedding_job DROP COLUMN IF EXISTS discarded_at;`)
  }
}
