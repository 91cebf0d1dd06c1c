import { z } from 'zod'

/** A JSON value. Like `z.json()`, which tries six schemas on each value inside; what passes is the value itself, not a copy. */
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

/** Places of an array that were never filled count as well. */
function areJson(values: readonly unknown[]): boolean {
  for (const value of values) if (!isJson(value)) return false
  return true
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
