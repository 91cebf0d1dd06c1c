import { z } from 'zod'

/** A JSON value. `z.json()` accepts the same but tries six schemas on each inner value; this returns the value itself, not a copy. */
export const JsonValue = z.custom<z.core.util.JSONType>(isJson)

function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      return areJson(Array.isArray(value) ? value : isPlain(value) ? Object.values(value) : [undefined])
    default:
      return false
  }
}

/** Also checks the empty slots of an array. */
function areJson(values: readonly unknown[]): boolean {
  for (const value of values) if (!isJson(value)) return false
  return true
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
