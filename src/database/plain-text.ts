/**
 * A string as a Postgres `text` column takes it: well-formed, and with U+FFFD for NUL, which Postgres refuses. The length in UTF-16 units
 * stays the same, so offsets into it stay right. Normalised texts need no change. Error messages, answers of models and the
 * paths of requests may.
 */
export function plainText(value: string): string {
  return value.toWellFormed().replaceAll('\u0000', '\uFFFD')
}

/**
 * JSON for a `text` column. JSON.stringify writes NUL and lone surrogates as escapes, so the value comes back exactly as it was.
 * (`jsonb` would refuse both.) A value that JSON does not know (`undefined`, a function) becomes null.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
