import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261124222256 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "series" drop constraint if exists "series_name_unique";`)
    this.addSql(`alter table if exists "author" drop constraint if exists "author_name_unique";`)
    this.addSql(
      `create table if not exists "author" ("id" text not null, "name" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "author_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_author_name_unique" ON "author" ("name") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_author_deleted_at" ON "author" ("deleted_at") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "series" ("id" text not null, "name" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "series_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_series_name_unique" ON "series" ("name") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_series_deleted_at" ON "series" ("deleted_at") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "book" ("id" text not null, "year" integer not null, "pages" integer not null, "language" text not null, "original_language" text not null, "subjects" text[] not null, "reading_age_from" integer not null, "reading_age_to" integer null, "series_position" real null, "series_id" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "book_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_book_series_id" ON "book" ("series_id") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_book_deleted_at" ON "book" ("deleted_at") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "book_author" ("book_id" text not null, "author_id" text not null, constraint "book_author_pkey" primary key ("book_id", "author_id"));`
    )

    this.addSql(
      `alter table if exists "book" add constraint "book_series_id_foreign" foreign key ("series_id") references "series" ("id") on update cascade on delete set null;`
    )

    this.addSql(
      `alter table if exists "book_author" add constraint "book_author_book_id_foreign" foreign key ("book_id") references "book" ("id") on update cascade on delete cascade;`
    )
    this.addSql(
      `alter table if exists "book_author" add constraint "book_author_author_id_foreign" foreign key ("author_id") references "author" ("id") on update cascade on delete cascade;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "book_author" drop constraint if exists "book_author_author_id_foreign";`
    )

    this.addSql(`alter table if exists "book" drop constraint if exists "book_series_id_foreign";`)

    this.addSql(
      `alter table if exists "book_author" drop constraint if exists "book_author_book_id_foreign";`
    )

    this.addSql(`drop table if exists "author" cascade;`)

    this.addSql(`drop table if exists "series" cascade;`)

    this.addSql(`drop table if exists "book" cascade;`)

    this.addSql(`drop table if exists "book_author" cascade;`)
  }
}
