import pg, { type Client } from "pg"
import type { Shop } from "./shop"

/** The shop's database, for what happens behind the shop's back. */
export class Database {
  private constructor(private readonly client_: Client) {}

  static async connect({ database_url }: Shop): Promise<Database> {
    const client = new pg.Client({ connectionString: database_url })
    await client.connect()
    return new Database(client)
  }

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client_.query<Row>(text, values)).rows
  }

  /** The table of the documents that searches read. */
  async documentTable(): Promise<string> {
    const [row] = await this.query<{ table_name: string }>(
      `SELECT s.table_name FROM search_index i
       JOIN search_index_version v ON v.search_index_id = i.id AND v.version = i.active_version
       JOIN semantic_search_index s ON s.name = v.physical_name
       WHERE i.name = 'product' AND i.deleted_at IS NULL AND v.deleted_at IS NULL`
    )
    return row.table_name
  }

  async close(): Promise<void> {
    await this.client_.end()
  }
}
