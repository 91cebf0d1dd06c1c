import { z } from 'zod'

const Json = z.json()

/** What is recorded, as JSON; what is not there is null. */
export function json(value: unknown): z.infer<typeof Json> {
  return Json.parse(value ?? null)
}
