import type { Hook } from '@hono/zod-openapi'
import type { Env } from 'hono'
import type { z } from 'zod'
import { type Mistake, Problem } from './problem.ts'

/** Called with the outcome of each validation of a request: what does not fit is answered with every mistake and its place. */
export const refuseInvalid: Hook<unknown, Env, string, undefined> = (result) => {
  if (result.success) return undefined
  const { issues } = result.error
  if (result.target === 'json') {
    const errors = mistakesOf(issues)
    throw new Problem('schema', summarise(errors), { errors })
  }
  const errors = issues.flatMap(flatten).map(({ path, message }) => ({ parameter: String(path[0] ?? ''), message }))
  throw new Problem('bad-request', summarise(errors), { errors })
}

/** Every mistake of a JSON document with the JSON pointer of its place. */
export function mistakesOf(issues: readonly z.core.$ZodIssue[]): { pointer: string; message: string }[] {
  return issues.flatMap(flatten).map(({ path, message }) => ({ pointer: pointerTo(path), message }))
}

interface Place {
  path: readonly PropertyKey[]
  message: string
}

/** Unknown members are one issue of their object: each becomes a mistake of its own place. */
function flatten(issue: z.core.$ZodIssue): Place[] {
  if (issue.code !== 'unrecognized_keys') return [issue]
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such member' }))
}

/** RFC 6901. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The first mistake, and how many more there are. */
export function summarise(errors: readonly Mistake[]): string {
  const [first] = errors
  const where = first?.pointer || first?.parameter
  const rest = errors.length > 1 ? `, and ${errors.length - 1} more` : ''
  return `${where ? `${where}: ` : ''}${first?.message ?? 'invalid'}${rest}`
}
