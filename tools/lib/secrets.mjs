import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { readJson, writeJson } from "./json-file.mjs"

const SECRET_BYTES = 32
/** 96 bits, which is beyond guessing and short enough to type. */
const PASSWORD_BYTES = 12
const SUFFIX_BYTES = 2
const ADMIN_DOMAIN = "libro-mind.test"

const random = (bytes) => randomBytes(bytes).toString("base64url")

/**
 * The random values of one folder's shops, made once and kept in its secrets.json.
 *
 * @param {string} home
 */
export function openSecrets(home) {
  const file = join(home, "secrets.json")
  const kept = readJson(file) ?? {}
  const secrets = {
    jwt_secret: kept.jwt_secret ?? random(SECRET_BYTES),
    cookie_secret: kept.cookie_secret ?? random(SECRET_BYTES),
    revalidate_secret: kept.revalidate_secret ?? random(SECRET_BYTES),
    admins: kept.admins ?? {},
  }
  const save = () => writeJson(file, secrets)
  save()

  return {
    jwt: secrets.jwt_secret,
    cookie: secrets.cookie_secret,
    /** What the storefront knows the backend by. */
    revalidate: secrets.revalidate_secret,
    /**
     * The admin's login for one store. It is written down before it is first used: an interruption
     * loses no password.
     *
     * @param {string} store Names the store's database.
     * @param {(email: string) => Promise<boolean>} isTaken Whether the store knows that address.
     * @returns {Promise<{ email: string, password: string, exists: boolean }>}
     */
    async adminOf(store, isTaken) {
      const known = secrets.admins[store]
      if (known) return { ...known, exists: await isTaken(known.email) }
      // An address that is taken belongs to an admin whose password we don't know.
      const name = (await isTaken(`admin@${ADMIN_DOMAIN}`))
        ? `admin-${randomBytes(SUFFIX_BYTES).toString("hex")}`
        : "admin"
      const admin = { email: `${name}@${ADMIN_DOMAIN}`, password: random(PASSWORD_BYTES) }
      secrets.admins[store] = admin
      save()
      return { ...admin, exists: false }
    },
    /** Forgets a store that is about to be deleted. */
    forget(store) {
      delete secrets.admins[store]
      save()
    },
  }
}
