import { type Hook, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { routePath } from 'hono/route'
import { mistakesIn, pointerTo } from '../../content/validation/mistakes.ts'
import { Problem } from '../answers/problem.ts'
import type { Mistake } from '../schemas/problem-schemas.ts'

type Registry = Pick<OpenAPIHono['openAPIRegistry'], 'definitions'>
type Request = Extract<Registry['definitions'][number], { type: 'route' }>['route']['request']

/**
 * Called with the result of each validation of a request. If something does not fit, the answer names every mistake, its place and what is
 * allowed there. The words for that are in the registered schema: the validator's own error has only zod's words.
 */
export function refuseInvalid(registry: () => Registry): Hook<unknown, Env, string, undefined> {
  return (result, c) => {
    const { target } = result
    // A body of another type was refused before. An empty body has no type, and is validated only if the route requires one.
    if (target === 'json' && c.req.header('content-type') === undefined) throw missingBody()
    if (result.success) return undefined
    // The validator passes it on, but the hook's type does not say so.
    const data: unknown = 'data' in result ? result.data : undefined
    const schema = schemaOf(requestOf(registry(), c.req.method, routePath(c)), target)
    const mistakes = mistakesIn(schema, data)
    if (target === 'json') {
      const errors = mistakes.map(({ path, message }) => ({ pointer: pointerTo(path), message }))
      throw new Problem('schema', summarise(errors), { errors })
    }
    const errors = mistakes.map(({ path, message }) => {
      const parameter = String(path[0] ?? '')
      return { parameter, message: isRepeated(data, parameter) ? 'is given more than once; give it once' : message }
    })
    throw new Problem('bad-request', summarise(errors), { errors })
  }
}

function missingBody(): Problem {
  return new Problem('not-json', 'the body is missing; send JSON, with the header "Content-Type: application/json"')
}

function requestOf({ definitions }: Registry, method: string, path: string): Request {
  for (const definition of definitions) {
    if (definition.type !== 'route') continue
    const { route } = definition
    if (
      route.method === (method === 'HEAD' ? 'get' : method.toLowerCase()) &&
      route.path.replaceAll(/\{(\w+)\}/g, ':$1') === path
    )
      return route.request
  }
  return undefined
}

/** The schema for a part of a request: query, headers, path or body. */
function schemaOf(request: Request, target: string): z.ZodType {
  const { query, params, headers, body } = request ?? {}
  const json = Object.values(body?.content ?? {}).map(
    (media) => media !== undefined && 'schema' in media && media.schema,
  )
  const candidates: unknown[] = { query: [query], param: [params], header: [headers] }[target] ?? json
  const schema = candidates.find((candidate) => candidate instanceof z.ZodType)
  if (schema === undefined) throw new Error(`no schema is known that refuses the ${target} of this request`)
  return schema
}

/** If a parameter occurs twice in the query, all its values are given together. */
function isRepeated(data: unknown, parameter: string): boolean {
  return typeof data === 'object' && data !== null && Array.isArray(Reflect.get(data, parameter))
}

/** The first mistake, and the number of further ones. */
export function summarise(errors: readonly Mistake[]): string {
  const [first] = errors
  const where = first?.pointer || first?.parameter || 'the body'
  const rest = errors.length > 1 ? `, and ${errors.length - 1} more` : ''
  return `${where}: ${first?.message ?? 'is not valid'}${rest}`
}
