import { type Hook, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { routePath } from 'hono/route'
import { mistakesIn, pointerTo } from '../../content/validation/mistakes.ts'
import { Problem } from '../answers/problem.ts'
import type { Mistake } from '../schemas/problem-schemas.ts'

type Registry = Pick<OpenAPIHono['openAPIRegistry'], 'definitions'>
type Request = Extract<Registry['definitions'][number], { type: 'route' }>['route']['request']

/**
 * Called with the outcome of each validation of a request: what does not fit is answered with every mistake, its place and what is
 * allowed there. Words for that are in the schema, which the registry has: the validator's own error only knows zod's.
 */
export function refuseInvalid(registry: () => Registry): Hook<unknown, Env, string, undefined> {
  return (result, c) => {
    const { target } = result
    // A body of another type has been refused before, and an empty one has none: it is held against a schema only where it is required.
    if (target === 'json' && c.req.header('content-type') === undefined) throw missingBody()
    if (result.success) return undefined
    // The validator hands it on, which this type of the hook does not say.
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

/** What a request's query, headers, path or body was held against. */
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

/** Of a parameter that stands twice in the query, all values are given together. */
function isRepeated(data: unknown, parameter: string): boolean {
  return typeof data === 'object' && data !== null && Array.isArray(Reflect.get(data, parameter))
}

/** The first mistake, and how many more there are. */
export function summarise(errors: readonly Mistake[]): string {
  const [first] = errors
  const where = first?.pointer || first?.parameter || 'the body'
  const rest = errors.length > 1 ? `, and ${errors.length - 1} more` : ''
  return `${where}: ${first?.message ?? 'is not valid'}${rest}`
}
