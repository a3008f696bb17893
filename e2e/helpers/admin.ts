import { type Answer, send } from "./http"
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

  /** Deletes what may be gone already. */
  async remove(path: string): Promise<void> {
    const { status, body } = await this.send("DELETE", path)
    if (status >= 400 && status !== 404) {
      throw new Error(`DELETE /admin${path} answered ${status}: ${JSON.stringify(body)}`)
    }
  }

  /** Uploads a file as a form does, in the field `field`. */
  upload<T>(
    path: string,
    { field, name, type, content }: { field: string; name: string; type: string; content: string }
  ): Promise<T> {
    const form = new FormData()
    form.append(field, new Blob([content], { type }), name)
    return this.call<T>("POST", path, form)
  }

  /**
   * @param path below `/admin`: "/products"
   * @throws Error with the answer, when it isn't a success
   */
  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body)
    if (answer.status >= 400) {
      throw new Error(
        `${method} /admin${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`
      )
    }
    return answer.body as T
  }

  private send(method: string, path: string, body?: unknown): Promise<Answer> {
    return send(`${this.url_}/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token_}` },
      body,
    })
  }
}
