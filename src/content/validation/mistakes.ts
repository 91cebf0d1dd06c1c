import type { z } from 'zod'
import { plainWords } from './plain-messages.ts'

/** One mistake in a value: its place, and in plain words what is allowed there. */
export interface Mistake {
  path: readonly PropertyKey[]
  message: string
}

/** All mistakes that keep a value from matching a schema; empty if it matches. */
export function mistakesIn(schema: z.ZodType, given: unknown): Mistake[] {
  const { error } = schema.safeParse(given, { error: plainWords })
  const mistakes = (error?.issues ?? []).flatMap((issue) =>
    // zod reports all unknown members of an object as one issue; each becomes a mistake with its own place.
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }))
      : [issue],
  )
  // A number that is far too large breaks two rules that have the same message.
  return [...new Map(mistakes.map((mistake) => [mistakeLine(mistake), mistake])).values()]
}

/** The first mistake in one line, for messages that report only one: `/parent/id: must be a string`. */
export function firstMistake(schema: z.ZodType, given: unknown): string {
  const [first] = mistakesIn(schema, given)
  return first === undefined ? 'is not valid' : mistakeLine(first)
}

export function mistakeLine({ path, message }: Mistake): string {
  return path.length === 0 ? message : `${pointerTo(path)}: ${message}`
}

/** A JSON pointer (RFC 6901). */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
