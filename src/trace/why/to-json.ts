import { z } from 'zod'

const Json = z.json()

/** A recorded value as JSON. A missing value is null. */
export function json(value: unknown): z.infer<typeof Json> {
  return Json.parse(value ?? null)
}
