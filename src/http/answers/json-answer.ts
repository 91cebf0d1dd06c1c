import type { z } from '@hono/zod-openapi'

/** A JSON answer that fits `schema`, which the compiler checks and the OpenAPI document shows. */
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

/** How a route's JSON answer stands in the OpenAPI document; `content` is optional so that handlers may return a `Response`. */
export function answers<S extends z.ZodType>(
  schema: S,
  description: string,
): { description: string; content?: { 'application/json': { schema: S } } } {
  return { description, content: { 'application/json': { schema } } }
}

/** A problem that a route may answer; the OpenAPI document gives it its body. */
export function problem(description: string) {
  return { description }
}

/** What a caller must be allowed to do; named on every route, enforced once there are keys. */
export type Scope = 'read' | 'write' | 'trace' | 'review' | 'operate' | 'none'

/** The scope as the OpenAPI document carries it. */
export function scope(name: Scope) {
  return { 'x-linernotes-scope': name }
}
