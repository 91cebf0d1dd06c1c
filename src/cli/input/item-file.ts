import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { Item, type ItemInput } from '../../content/item.ts'
import { mistakeLine, mistakesIn } from '../../content/validation/mistakes.ts'
import { badUse, failed } from '../terminal/exit-code.ts'

const SUFFIX = '.item.json'
const Metadata = z.looseObject({ kind: z.string() })

/** The item in a file: JSON with a `kind`. Null if the bytes are anything else. */
export function itemJson(bytes: Uint8Array): Record<string, unknown> | null {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  // A transcript in JSON may be long, or nested more deeply than our parser should go. So only what may be an item is parsed.
  if (!/^\s*\{/.test(text) || !/"kind"\s*:\s*"/.test(text)) return null
  try {
    return Metadata.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const MOST_MISTAKES = 5

/**
 * @param options what the command line says about the item; a mistake in it is bad use.
 * @throws {CliError} which names the members that are wrong.
 */
export function parseItem(given: object, options: object, where: string): Item {
  const parsed = Item.safeParse({ ...given, ...options })
  if (parsed.success) return parsed.data
  const mistakes = mistakesIn(Item, { ...given, ...options })
  const wrong = mistakes.find(({ path: [member] }) => member !== undefined && Object.hasOwn(options, member))
  if (wrong !== undefined) throw badUse(`--${String(wrong.path[0])}: ${wrong.message}`)
  const named = mistakes.slice(0, MOST_MISTAKES).map(mistakeLine)
  if (mistakes.length > MOST_MISTAKES) named.push(`and ${mistakes.length - MOST_MISTAKES} more`)
  throw failed(`${where} is not a valid item: ${named.join('; ')}`)
}

/** The metadata beside a transcript, in `<name>.item.json`. Null if there is no such file. */
export async function metadataBeside(path: string): Promise<{ path: string; item: Record<string, unknown> } | null> {
  const beside = join(dirname(path), `${basename(path, extname(path))}${SUFFIX}`)
  let bytes: Uint8Array
  try {
    bytes = await readFile(beside)
  } catch {
    return null
  }
  const item = itemJson(bytes)
  if (item === null) throw failed(`${beside} is not an item: it must be JSON with a "kind"; mend it, or move it away`)
  return { path: beside, item }
}

/** The transcript beside `<name>.item.json`, if there is exactly one file `<name>.*`. */
export async function transcriptBeside(path: string): Promise<string | null> {
  if (!path.endsWith(SUFFIX)) return null
  const stem = basename(path, SUFFIX)
  const others = (await readdir(dirname(path))).filter(
    (name) => name !== basename(path) && basename(name, extname(name)) === stem,
  )
  return others.length === 1 && others[0] !== undefined ? join(dirname(path), others[0]) : null
}

/** Takes what an item lacks from its transcript. */
export function fillFrom<T extends Partial<ItemInput>>(item: Record<string, unknown>, transcript: T) {
  return { ...transcript, ...item, transcripts: transcript.transcripts }
}
