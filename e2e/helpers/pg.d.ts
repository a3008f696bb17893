/** The part of `pg` that the tests use; it brings no types of its own. */
declare module "pg" {
  export class Client {
    constructor(options: { connectionString: string })
    connect(): Promise<void>
    query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>
    end(): Promise<void>
  }
  const pg: { Client: typeof Client }
  export default pg
}
