import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What keeps documents fresh: the products that are to be read anew, and how far periodic work has come. */
export class Migration20261125003000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_refresh (
        id text PRIMARY KEY,
        marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        claimed_until timestamptz
      );`)
    this.addSql(`
      CREATE INDEX IF NOT EXISTS semantic_search_refresh_due
      ON semantic_search_refresh (marked_at, id);`)
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_progress (
        task text PRIMARY KEY,
        state jsonb NOT NULL,
        locked_until timestamptz
      );`)
  }

  override async down(): Promise<void> {
    this.addSql(`DROP TABLE IF EXISTS semantic_search_refresh, semantic_search_progress;`)
  }
}
