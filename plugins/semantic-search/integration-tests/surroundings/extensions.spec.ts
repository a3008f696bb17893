import { filled, find, version } from "../pgvector/books"
import { createProvider, migrate, type Provider } from "../pgvector/harness"
import { ScriptedEmbedder } from "../pgvector/scripted-embedder"
import { asAdministrator, createExtensionsIn } from "../pgvector/surroundings"
import { openAsStoreRole, type StoreRole } from "./store-role"

let store: StoreRole
let provider: Provider

function open(role: StoreRole): Provider {
  store = role
  provider = createProvider(role.knex, {}, new ScriptedEmbedder())
  return provider
}
afterEach(async () => {
  await provider.worker.stop()
  await store.close()
})

const BOOKS = [
  { id: "a", title: "Brontë and the whale", tags: ["sea"], embedding: "whale" },
  { id: "b", title: "A robot's garden", tags: ["land"], embedding: "robot" },
]

/** Uses all that the extensions are needed for: vectors, accents, misspelt words, facets by query. */
async function expectSearchWorks(): Promise<void> {
  const index = await filled(provider, version("book", 1), BOOKS)
  const byMeaning = await find(provider.service, index, { q: "whale" })
  expect(byMeaning.hits[0].id).toBe("a")
  expect(byMeaning.provider_metadata).toMatchObject({ mode: "hybrid" })
  const misspelt = await find(provider.service, index, {
    q: "bronet",
    search_options: { facets: [{ field: "tags", type: "value", query: "SÉA" }] },
  })
  expect(misspelt.hits[0].id).toBe("a")
  expect(misspelt.facets).toEqual({ tags: { type: "value", values: [{ value: "sea", count: 1 }] } })
}

/** The commands that an error's message gives. */
const commandsIn = ({ message }: Error) => message.match(/(CREATE|ALTER) EXTENSION [^;]+;/g) ?? []

/** How the provider fails; the driver puts the whole statement before what it says. */
const failure = (run: Promise<unknown>): Promise<Error> =>
  run.then(
    () => Promise.reject(new Error("It didn't fail")),
    ({ message }: Error) => new Error(message.slice(message.lastIndexOf("The pgvector search")))
  )

describe("a role that may not create extensions", () => {
  it.each<[string, boolean, string[]]>([
    ["the database's owner", true, [`CREATE EXTENSION "vector";`]],
    [
      "a role with its tables only",
      false,
      [`CREATE EXTENSION "vector";`, `CREATE EXTENSION "pg_trgm";`, `CREATE EXTENSION "unaccent";`],
    ],
  ])("%s is told the commands, and goes on when they were run", async (_, may_create, commands) => {
    open(await openAsStoreRole({ may_create }))
    const refused = await failure(migrate(store.knex))
    expect(refused.message).toContain(`in the database "${store.database}"`)
    expect(refused.message).toContain(`permission denied to create extension "vector"`)
    expect(commandsIn(refused)).toEqual(commands)

    for (const command of commands) {
      await asAdministrator(command, store.database)
    }
    await migrate(store.knex)
    await expectSearchWorks()
  })

  it("is told the commands at a search as well, and the search works once they were run", async () => {
    open(await openAsStoreRole())
    const refused = await failure(provider.extensions())
    expect(commandsIn(refused)).toHaveLength(3)

    for (const command of commandsIn(refused)) {
      await asAdministrator(command, store.database)
    }
    await migrate(store.knex)
    await expectSearchWorks()
  })
})

describe("extensions in a schema off the search path", () => {
  it("are used by a role that only may use the schema", async () => {
    open(await openAsStoreRole())
    await createExtensionsIn("extensions", store.database)
    await migrate(store.knex)
    await expectSearchWorks()
  })

  it("are found in a schema whose name needs quotes", async () => {
    open(await openAsStoreRole())
    await createExtensionsIn("Odd name", store.database)
    await migrate(store.knex)
    await expectSearchWorks()
  })
})

describe("an old pgvector", () => {
  /** As after an update of the server's packages without an update of the extension. */
  const pretendVersion = (value: string) =>
    asAdministrator(
      `UPDATE pg_extension SET extversion = '${value}' WHERE extname = 'vector'`,
      store.database
    )

  it.each(["0.6.2", "0.8.3"])("%s stops the migration and the boot", async (installed) => {
    open(await openAsStoreRole())
    await createExtensionsIn("extensions", store.database)
    await pretendVersion(installed)
    for (const refused of [
      await failure(migrate(store.knex)),
      await failure(provider.extensions()),
    ]) {
      expect(refused.message).toContain("needs pgvector 0.8.4 or newer")
      expect(refused.message).toContain(`has ${installed}.`)
      expect(commandsIn(refused)).toEqual([`ALTER EXTENSION "vector" UPDATE;`])
    }
  })

  it.each(["0.8.4", "0.8.10", "0.9.0", "1.0"])("%s is none", async (installed) => {
    open(await openAsStoreRole())
    await createExtensionsIn("extensions", store.database)
    await pretendVersion(installed)
    await migrate(store.knex)
    await expectSearchWorks()
  })
})
