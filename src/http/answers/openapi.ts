import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { ProblemDocument } from '../schemas/problem-schemas.ts'
import { createComponents, type Direction, type JsonSchema } from './openapi-schemas.ts'

type Registry = OpenAPIHono['openAPIRegistry']
type Route = Extract<Registry['definitions'][number], { type: 'route' }>['route']

/**
 * The OpenAPI 3.1 document of all registered routes. It is made from the schemas that validate their requests and type their answers. The
 * schemas go through zod's own JSON Schema (2020-12, which is 3.1's dialect), because zod-to-openapi never ends on recursive JSON.
 */
export function openApiDocument({ definitions }: Pick<Registry, 'definitions'>, version: string) {
  const components = createComponents()
  const problems = { 'application/problem+json': { schema: components.refer(ProblemDocument, 'output') } }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const definition of definitions) {
    if (definition.type !== 'route') continue
    const { route } = definition
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  }

  function operation({ request = {}, responses, method, path, tags, summary, description, ...rest }: Route) {
    const parameters = [
      ...parametersOf(request.params, 'path'),
      ...parametersOf(request.query, 'query'),
      ...(Array.isArray(request.headers) ? [] : parametersOf(request.headers, 'header')),
    ]
    return {
      operationId: operationId(method, path),
      tags,
      summary,
      ...(description === undefined ? {} : { description }),
      'x-linernotes-scope': rest['x-linernotes-scope'],
      ...(parameters.length > 0 && { parameters }),
      ...(request.body && {
        requestBody: { required: request.body.required ?? false, content: contentOf(request.body.content, 'input') },
      }),
      responses: {
        ...Object.fromEntries(Object.entries(responses).map(([status, given]) => [status, responseOf(status, given)])),
        default: { description: 'Any other problem.', content: problems },
      },
    }
  }

  function responseOf(status: string, response: Route['responses'][string]) {
    if ('$ref' in response) return response
    const { description, headers, content } = response
    const body = content ? contentOf(content, 'output') : Number(status) >= 400 ? problems : undefined
    return { description, ...(headers && { headers }), ...(body && { content: body }) }
  }

  function contentOf(content: object, direction: Direction) {
    return Object.fromEntries(
      Object.entries(content).map(([type, media]: [string, { schema?: unknown }]) => {
        const schema = media.schema instanceof z.ZodType ? components.refer(media.schema, direction) : {}
        return [type, { schema }]
      }),
    )
  }

  function parametersOf(shape: unknown, place: 'path' | 'query' | 'header') {
    if (!(shape instanceof z.ZodObject)) return []
    return Object.entries(shape.shape).map(([name, schema]) => {
      const { description, ...json }: JsonSchema = schema instanceof z.ZodType ? components.refer(schema, 'output') : {}
      const optional = schema instanceof z.ZodType && schema.safeParse(undefined).success
      return {
        name,
        in: place,
        required: place === 'path' || !optional,
        ...(description === undefined ? {} : { description }),
        schema: json,
      }
    })
  }

  return {
    openapi: '3.1.0',
    info: {
      title: 'linernotes',
      version,
      description:
        'Turns podcasts, talks, audiobooks, songs and videos into structured understanding in which every label points at the words that support it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Items', description: 'What is submitted, and what is understood of it.' },
      { name: 'Runs', description: 'How it came about: steps, calls, costs.' },
      { name: 'Reviews', description: 'Questions to people, and the lasting decisions that they make.' },
      { name: 'Operation', description: 'Health.' },
    ],
    paths,
    components: { schemas: components.schemas() },
  }
}

/** `postItems`, `getItemsUnderstandingVersions`: unique as long as paths are. */
function operationId(method: string, path: string): string {
  const words = path.split('/').filter((part) => part !== '' && part !== 'v1')
  const named = words.map((word) => (word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : capital(word)))
  return `${method}${named.join('')}`
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
