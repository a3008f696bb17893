import sql from "sql-template-tag"
import type { Database } from "../../providers/pgvector/database"

/**
 * The physical indexes that serve reads. The Search Module's service doesn't tell, so this reads the
 * table in which it keeps them.
 */
export async function activeIndexNames(database: Database): Promise<Set<string>> {
  const rows = await database.query<{ physical_name: string }>(sql`
    SELECT v.physical_name FROM search_index i
    JOIN search_index_version v ON v.search_index_id = i.id AND v.version = i.active_version
    WHERE i.deleted_at IS NULL AND v.deleted_at IS NULL`)
  return new Set(rows.map((row) => row.physical_name))
}
