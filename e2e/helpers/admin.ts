import { send } from "./http"
import type { Shop } from "./shop"

/** The merchant's side of the shop: the routes that the admin dashboard calls. */
export class Admin {
  private constructor(
    private readonly url_: string,
    private readonly token_: string
  ) {}

  static async logIn({ backend_url, admin_email, admin_password }: Shop): Promise<Admin> {
    const { status, body } = await send(`${backend_url}/auth/user/emailpass`, {
      method: "POST",
      body: { email: admin_email, password: admin_password },
    })
    const { token } = body as { token?: string }
    if (!token) {
      throw new Error(`${admin_email} can't log in (${status}): ${JSON.stringify(body)}`)
    }
    return new Admin(backend_url, token)
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>("GET", path)
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>("POST", path, body)
  }

  delete<T>(path: string): Promise<T> {
    return this.call<T>("DELETE", path)
  }

  /**
   * @param path below `/admin`: "/products"
   * @throws Error with the answer, when it isn't a success
   */
  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await send(`${this.url_}/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token_}` },
      body,
    })
    if (answer.status >= 400) {
      throw new Error(
        `${method} /admin${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`
      )
    }
    return answer.body as T
  }
}
