import type { z } from '@hono/zod-openapi'

/** A JSON answer that fits `schema`. The compiler checks it, and the OpenAPI document shows it. */
export function answer<S extends z.ZodType>(
  _schema: S,
  body: z.input<S>,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })
}

/** A route's JSON answer for the OpenAPI document. `content` is optional so that handlers may return a `Response`. */
export function answers<S extends z.ZodType>(
  schema: S,
  description: string,
): { description: string; content?: { 'application/json': { schema: S } } } {
  return { description, content: { 'application/json': { schema } } }
}

/** A problem that a route may answer. The OpenAPI document adds its body. */
export function problem(description: string) {
  return { description }
}

/** What a caller must be allowed to do. Every route names it. It will be enforced once there are keys. */
export type Scope = 'read' | 'write' | 'trace' | 'review' | 'operate' | 'none'

/** The scope in the form that the OpenAPI document has. */
export function scope(name: Scope) {
  return { 'x-linernotes-scope': name }
}
