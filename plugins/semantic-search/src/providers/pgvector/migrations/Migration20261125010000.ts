import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Since when no document needs an embedding: what is to be forgotten, and when. */
export class Migration20261125010000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      ALTER TABLE semantic_search_embedding ADD COLUMN IF NOT EXISTS unused_since timestamptz;`)
  }

  override async down(): Promise<void> {
    this.addSql(`ALTER TABLE semantic_search_embedding DROP COLUMN IF EXISTS unused_since;`)
  }
}
