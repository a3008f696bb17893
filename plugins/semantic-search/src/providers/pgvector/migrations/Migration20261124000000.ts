import { Migration } from "@medusajs/framework/mikro-orm/migrations"
import { MIN_VECTOR_VERSION } from "../storage/extensions"

/**
 * The provider's own tables. The documents of each index live in tables that are made with the index.
 *
 * Extensions need a privilege that a store's role may lack. Where they exist already nothing is tried;
 * where some are missing and can't be created, the migration stops and says which commands mend it. It
 * stops at a pgvector that is too old as well.
 */
export class Migration20261124000000 extends Migration {
  override async up(): Promise<void> {
    // A function, as a failure is told with the whole statement before what it says.
    this.addSql(`
      CREATE OR REPLACE FUNCTION semantic_search_require_extensions() RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        name text;
        reasons text[] := '{}';
        commands text[] := '{}';
        version text;
      BEGIN
        FOREACH name IN ARRAY ARRAY['vector', 'pg_trgm', 'unaccent'] LOOP
          CONTINUE WHEN EXISTS (SELECT 1 FROM pg_extension WHERE extname = name);
          BEGIN
            EXECUTE format('CREATE EXTENSION %I', name);
          EXCEPTION WHEN OTHERS THEN
            reasons := reasons || SQLERRM;
            commands := commands || format('CREATE EXTENSION "%s";', name);
          END;
        END LOOP;
        SELECT extversion INTO version FROM pg_extension WHERE extname = 'vector';
        IF string_to_array(substring(version FROM '^[0-9.]*[0-9]'), '.')::int[] < '{${MIN_VECTOR_VERSION.replaceAll(".", ",")}}' THEN
          RAISE EXCEPTION 'The pgvector search provider needs pgvector ${MIN_VECTOR_VERSION} or newer, and the database "%" has %. Update pgvector on the database server, then run in this database as the owner of the extension: ALTER EXTENSION "vector" UPDATE;',
            current_database(), version;
        END IF;
        IF reasons <> '{}' THEN
          RAISE EXCEPTION 'The pgvector search provider needs Postgres extensions that it could not create (%). Install what is missing on the database server, then run in the database "%" as a role that may create them: %',
            array_to_string(reasons, '; '), current_database(), array_to_string(commands, ' ');
        END IF;
      END
      $$;`)
    this.addSql(`SELECT semantic_search_require_extensions();`)
    this.addSql(`DROP FUNCTION semantic_search_require_extensions();`)
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_index (
        name text PRIMARY KEY,
        root text NOT NULL,
        version integer NOT NULL,
        table_name text NOT NULL,
        plan jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );`)
    // The embedding of a text, by model and content hash: what makes a rebuild embed nothing.
    this.addSql(`
      DO $$
      BEGIN
        EXECUTE format(
          'CREATE TABLE IF NOT EXISTS semantic_search_embedding (
             model text NOT NULL,
             content_hash text NOT NULL,
             embedding %I.vector NOT NULL,
             created_at timestamptz NOT NULL DEFAULT now(),
             PRIMARY KEY (model, content_hash)
           )',
          (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
           WHERE e.extname = 'vector'));
      END
      $$;`)
    // Texts that wait for their embedding.
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_embedding_job (
        model text NOT NULL,
        content_hash text NOT NULL,
        content text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        run_at timestamptz NOT NULL DEFAULT now(),
        locked_by text,
        locked_until timestamptz,
        last_error text,
        failed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (model, content_hash)
      );`)
    this.addSql(`
      CREATE INDEX IF NOT EXISTS semantic_search_embedding_job_due
      ON semantic_search_embedding_job (model, run_at) WHERE failed_at IS NULL;`)
    // Documents that were deleted, so that an older reading of the store doesn't bring them back.
    this.addSql(`
      CREATE TABLE IF NOT EXISTS semantic_search_tombstone (
        index_name text NOT NULL,
        id text NOT NULL,
        deleted_at timestamptz NOT NULL,
        PRIMARY KEY (index_name, id)
      );`)
  }

  override async down(): Promise<void> {
    this.addSql(`
      DO $$
      DECLARE
        index_name text;
      BEGIN
        FOR index_name IN SELECT table_name FROM semantic_search_index LOOP
          EXECUTE format('DROP TABLE IF EXISTS %I, %I', index_name,
            replace(index_name, 'semantic_search_doc_', 'semantic_search_word_'));
        END LOOP;
      END
      $$;`)
    this.addSql(`
      DROP TABLE IF EXISTS semantic_search_index, semantic_search_embedding,
        semantic_search_embedding_job, semantic_search_tombstone;`)
  }
}
