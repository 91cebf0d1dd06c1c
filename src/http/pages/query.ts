import type { Context } from 'hono'
import type { z } from 'zod'
import { Problem } from '../problem.ts'

/**
 * Parameters of a page. Forms send empty values for what was left blank: those count as absent.
 * @throws {Problem} `bad-request`, naming what is wrong.
 */
export function readQuery<S extends z.ZodType>(c: Context, schema: S): z.output<S> {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value.trim() !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Problem('bad-request', `${issue?.path.join('.') ?? 'a parameter'}: ${issue?.message ?? 'invalid'}`)
}
