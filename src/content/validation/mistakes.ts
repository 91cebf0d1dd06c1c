import type { z } from 'zod'
import { plainWords } from './plain-messages.ts'

/** One thing that is wrong with a value: where, and in plain words what is allowed there. */
export interface Mistake {
  path: readonly PropertyKey[]
  message: string
}

/** Everything that keeps a value from fitting a schema; nothing where it fits. */
export function mistakesIn(schema: z.ZodType, given: unknown): Mistake[] {
  const { error } = schema.safeParse(given, { error: plainWords })
  const mistakes = (error?.issues ?? []).flatMap((issue) =>
    // Unknown members are one issue of their object: each is a mistake of its own place.
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }))
      : [issue],
  )
  // A number that is far too large breaks two rules that are told in the same words.
  return [...new Map(mistakes.map((mistake) => [mistakeLine(mistake), mistake])).values()]
}

/** The first mistake in one line, where only one is told: `/parent/id: must be a string`. */
export function firstMistake(schema: z.ZodType, given: unknown): string {
  const [first] = mistakesIn(schema, given)
  return first === undefined ? 'is not valid' : mistakeLine(first)
}

export function mistakeLine({ path, message }: Mistake): string {
  return path.length === 0 ? message : `${pointerTo(path)}: ${message}`
}

/** RFC 6901. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
