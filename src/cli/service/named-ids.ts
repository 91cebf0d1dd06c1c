import { badUse, type CliError, failed } from '../terminal/exit-code.ts'
import type { ItemView, ReviewView, RunView } from './service-answers.ts'
import type { Client } from './service-client.ts'

/** What is shorter is taken as a whole id only. */
const SHORTEST_PREFIX = 4
const MOST_CANDIDATES = 10
/** Among so many runs that did something `last` looks for one with a certain step. */
const MOST_LOOKED_AT = 20
const WHOLE_RUN_ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/**
 * The id of the run that was named by its id, the beginning of it, or `last`: the newest run that did something, and of those the
 * newest that went through `part`, a step or a call of one, where there is such a run. What begins no id is given back as it is: who
 * asks for it says that it is not there.
 * @throws {CliError} where several ids begin so, or `last` names none.
 */
export async function runNamed(client: Client, name: string, part?: string): Promise<string> {
  if (name === 'last') return lastRun(client, part)
  if (WHOLE_RUN_ID.test(name)) return name
  return named(name, (limit) => client.runs({ idPrefix: name }, limit), {
    what: 'runs',
    get: (id) => client.run(id),
    line: ({ createdAt, status, itemId }: RunView) =>
      `${createdAt.slice(0, 19).replace('T', ' ')}  ${status}  ${itemId}`,
  })
}

/** The id of the item that was named by it or its beginning. @throws {CliError} where several begin so. */
export function itemNamed(client: Client, name: string): Promise<string> {
  return named(name, (limit) => client.items({ idPrefix: name }, limit), {
    what: 'items',
    get: (id) => client.item(id),
    line: itemLine,
  })
}

/** The id of the review that was named by it or its beginning. @throws {CliError} where several begin so. */
export function reviewNamed(client: Client, name: string): Promise<string> {
  return named(name, (limit) => client.reviews({ idPrefix: name }, limit), {
    what: 'reviews',
    // Ids of reviews are of one length: none is the beginning of another.
    get: async () => null,
    line: ({ facet, key, itemId }: ReviewView) => `${facet}: ${key} of ${itemId}`,
  })
}

/** Items that begin like a name which has to be a whole id, as lines; null where there are none. */
export async function itemsBeginning(client: Client, name: string): Promise<string | null> {
  const found = await client.items({ idPrefix: name }, MOST_CANDIDATES)
  return found.length === 0 ? null : candidates(found, itemLine)
}

const itemLine = ({ title }: ItemView) => title

async function named<T extends { id: string }>(
  name: string,
  find: (limit: number) => Promise<T[]>,
  { what, get, line }: { what: string; get(id: string): Promise<unknown>; line(found: T): string },
): Promise<string> {
  if (name.length < SHORTEST_PREFIX) return name
  const found = await find(MOST_CANDIDATES + 1)
  if (found.some(({ id }) => id === name)) return name
  const [first, ...more] = found
  if (first === undefined) return name
  if (more.length === 0) return first.id
  // The whole id may be among those that are not listed.
  if (more.length >= MOST_CANDIDATES && (await get(name)) !== null) return name
  throw ambiguous(name, what, candidates(found, line))
}

function ambiguous(name: string, what: string, list: string): CliError {
  return badUse(`the ids of several ${what} begin with "${name}"; say more of the one that is meant`, list)
}

function candidates<T extends { id: string }>(found: readonly T[], line: (found: T) => string): string {
  const lines = found
    .slice(0, MOST_CANDIDATES)
    .map((each) => `  ${each.id}  ${line(each)}`.replace(/[\p{Cc}\s]+$/u, ''))
  return [...lines, ...(found.length > MOST_CANDIDATES ? ['  … and more'] : [])].join('\n')
}

async function lastRun(client: Client, part: string | undefined): Promise<string> {
  const runs = await client.runs({ unchanged: 'false' }, part === undefined ? 1 : MOST_LOOKED_AT)
  const [newest = (await client.runs({}, 1))[0]] = runs
  if (newest === undefined) throw failed('there are no runs yet; `linernotes understand <file>` makes one')
  if (part === undefined) return newest.id
  const step = stepOf(part)
  for (const { id } of runs) {
    const { steps = [], open = [] } = (await client.steps(id)) ?? {}
    if (steps.some(({ name }) => name === step) || open.some(({ name }) => stepOf(name) === step)) return id
  }
  return newest.id
}

/** `topics.0` of `topics`, `topics.0` and `topics.0.chat.1`. */
function stepOf(part: string): string {
  const [node, visit = '0'] = part.split('.')
  return `${node}.${visit}`
}
