import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { isObject } from './qdrant-store.ts'

export interface QdrantDescription {
  /** What is wrong with a request's body or a right answer's, by the description of the API; [] if nothing is. */
  violations(side: 'request' | 'response', method: string, path: string, body: unknown): string[]
}

/** Qdrant's official OpenAPI 3.0 file, for checking what goes over the wire. */
export function readQdrantDescription(file: string): QdrantDescription {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const schema = toJsonSchema(document)
  if (!isObject(document) || !isObject(document.paths) || !isObject(schema))
    throw new Error(`${file} is no OpenAPI document`)
  const routes = Object.entries(document.paths).flatMap(([template, methods]) =>
    isObject(methods) ? Object.keys(methods).map((method) => ({ template, method })) : [],
  )
  // Of two that match, the one with the longer literal part: `points/query`, not `points/{id}`.
  const literal = (template: string) => template.replace(/\{[^}]+\}/g, '').length
  routes.sort((a, b) => literal(b.template) - literal(a.template))
  // Formats such as `uint64` are OpenAPI's own; the ranges stand beside them as minimum and maximum.
  const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false })
  ajv.addSchema(schema, 'qdrant')
  const compiled = new Map<string, ValidateFunction>()

  return {
    violations(side, method, path, body) {
      const template = routes.find(
        (route) =>
          route.method === method.toLowerCase() &&
          new RegExp(`^${route.template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
      )?.template
      if (template === undefined) return [`${method} ${path} is no route of Qdrant`]
      const place = side === 'request' ? ['requestBody'] : ['responses', '200']
      const steps = ['paths', template, method.toLowerCase(), ...place, 'content', 'application/json', 'schema']
      const reference = `qdrant#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
      const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference })
      compiled.set(reference, validate)
      if (validate(body)) return []
      return (validate.errors ?? []).map(
        ({ instancePath, message }) => `${method} ${template} ${side}${instancePath}: ${message}`,
      )
    },
  }
}

/** OpenAPI 3.0's `nullable`, which stands where JSON Schema has no place for it, as a union with null. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema)
  if (!isObject(value)) return value
  const { nullable, ...rest } = value
  const converted = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, toJsonSchema(child)]))
  if (nullable !== true) return nullable === undefined ? converted : { ...converted, nullable: toJsonSchema(nullable) }
  return Object.keys(rest).length === 0 ? { type: 'null' } : { anyOf: [converted, { type: 'null' }] }
}
