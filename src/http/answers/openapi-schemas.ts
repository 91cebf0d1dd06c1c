import { z } from '@hono/zod-openapi'

/** A JSON Schema as the document contains it. */
export type JsonSchema = { [key: string]: unknown }

/** Whether a schema describes input (members with defaults are optional) or output (they are present). */
export type Direction = 'input' | 'output'

const Generated = z.looseObject({ $schema: z.unknown(), $defs: z.record(z.string(), z.looseObject({})).default({}) })
const REFERENCE = '#/$defs/'

/** Collects schemas that have an id as components, each once per direction, and refers to them. */
export function createComponents() {
  const schemas = new Map<string, JsonSchema>()

  /** The schema as JSON Schema 2020-12, with everything that has an id moved to the components. */
  function refer(schema: z.ZodType, direction: Direction): JsonSchema {
    const generated = Generated.parse(z.toJSONSchema(schema, { io: direction, unrepresentable: 'any' }))
    const { $schema: _, $defs: definitions, ...json } = generated
    for (const [id, definition] of Object.entries(definitions))
      store(nameOf(id, direction), point(definition, direction))
    return point(json, direction)
  }

  function store(name: string, { id: _, ...schema }: JsonSchema): void {
    const existing = schemas.get(name)
    if (existing !== undefined && JSON.stringify(existing) !== JSON.stringify(schema))
      throw new Error(`two different schemas have the id ${name}`)
    schemas.set(name, schema)
  }

  return { refer, schemas: () => Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** zod names recursive schemas without an id `__schema0`. The only such schema is that of any JSON. */
function nameOf(id: string, direction: Direction): string {
  if (id.startsWith('__')) return 'JsonValue'
  return direction === 'input' ? `${id}Input` : id
}

/** Turns references to definitions into references to components. */
function point(schema: JsonSchema, direction: Direction): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, pointValue(key, value, direction)]))
}

function pointValue(key: string, value: unknown, direction: Direction): unknown {
  if (key === '$ref' && typeof value === 'string' && value.startsWith(REFERENCE))
    return `#/components/schemas/${nameOf(value.slice(REFERENCE.length), direction)}`
  if (Array.isArray(value)) return value.map((entry) => pointValue('', entry, direction))
  if (typeof value === 'object' && value !== null) return point({ ...value }, direction)
  return value
}
