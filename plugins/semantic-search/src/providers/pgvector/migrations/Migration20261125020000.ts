import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What suggestions need beside the phrases, whose tables are made with the indexes. */
export class Migration20261125020000 extends Migration {
  override async up(): Promise<void> {
    // When documents of an index last changed, and when its phrases were last counted.
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_phrase_state (
        index_name text PRIMARY KEY,
        changed_at timestamptz,
        refreshed_at timestamptz,
        duration_ms integer NOT NULL DEFAULT 0
      );`)
    // How often shoppers of a sales channel searched for a text on a day. Nothing says who.
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_query (
        index_root text NOT NULL,
        folded text NOT NULL,
        channel text NOT NULL,
        day date NOT NULL,
        text text NOT NULL,
        searches integer NOT NULL,
        PRIMARY KEY (index_root, folded, channel, day)
      );`)
  }

  override async down(): Promise<void> {
    this.addSql(`
      DO $$
      DECLARE
        index_name text;
      BEGIN
        FOR index_name IN SELECT table_name FROM semantic_search_index LOOP
          EXECUTE format('DROP TABLE IF EXISTS %I',
            replace(index_name, 'semantic_search_doc_', 'semantic_search_phrase_'));
        END LOOP;
      END
      $$;`)
    this.addSql(`DROP TABLE IF EXISTS semantic_search_phrase_state, semantic_search_query;`)
  }
}
