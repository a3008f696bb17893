import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What is known of an index as a whole: average lengths, and how many documents words were counted in. */
export class Migration20261125000000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      ALTER TABLE semantic_search_index
      ADD COLUMN IF NOT EXISTS statistics jsonb NOT NULL DEFAULT '{}';`)
  }

  override async down(): Promise<void> {
    this.addSql(`
      DO $$
      DECLARE
        index_name text;
      BEGIN
        FOR index_name IN SELECT table_name FROM semantic_search_index LOOP
          EXECUTE format('DROP TABLE IF EXISTS %I',
            replace(index_name, 'semantic_search_doc_', 'semantic_search_term_'));
        END LOOP;
      END
      $$;`)
    this.addSql(`ALTER TABLE semantic_search_index DROP COLUMN IF EXISTS statistics;`)
  }
}
