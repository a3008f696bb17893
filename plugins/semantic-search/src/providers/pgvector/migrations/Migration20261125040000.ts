import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * How many questions a shopper asked the assistant in the window that is running, as
 * rate-limiter-flexible counts them: `expire` is in milliseconds since 1970, and the order of the columns
 * is the library's. Nothing says who; a key is a keyed hash.
 */
export class Migration20261125040000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_question_count (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );`)
  }

  override async down(): Promise<void> {
    this.addSql(`DROP TABLE IF EXISTS semantic_search_question_count;`)
  }
}
