import type { Context } from 'hono'
import type { z } from 'zod'
import { mistakesIn } from '../../../content/validation/mistakes.ts'
import { Problem } from '../../answers/problem.ts'

/**
 * The parameters of a page. Forms send empty values for blank fields: these count as absent.
 * @throws {Problem} `bad-request`, which names what is wrong.
 */
export function readQuery<S extends z.ZodType>(c: Context, schema: S): z.output<S> {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value.trim() !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new Problem('bad-request', fieldMistakes(schema, given))
}

/** What is wrong with the fields of a page's form, by their names. */
export function fieldMistakes(schema: z.ZodType, given: unknown): string {
  return mistakesIn(schema, given)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
}
