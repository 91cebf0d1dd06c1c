import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { PriceTable } from './prices.ts'

const EXAMPLE =
  '{"asOf": "2026-01-31", "models": {"<model>": {"inputPerMTok": 0.25, "outputPerMTok": 2}}}, dollars for a million tokens'
/** Places that a message names; a table that is wrong throughout is no longer list. */
const MOST = 3

/** An operator's file that is no price table. The message is one line: the file, the place, and what is expected. */
export class PriceFileError extends Error {
  override readonly name = 'PriceFileError'
}

/** @throws {PriceFileError} where it cannot be read or is none. */
export function readPriceFile(file: string): PriceTable {
  const table = PriceTable.safeParse(parse(file))
  if (table.success) return table.data
  const { issues } = table.error
  const more = issues.length > MOST ? ` (and ${issues.length - MOST} more)` : ''
  throw new PriceFileError(
    `${file} is no price table: ${issues.slice(0, MOST).map(place).join('; ')}${more}. Expected: ${EXAMPLE}`,
  )
}

function parse(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error
    throw new PriceFileError(`the price table ${file} cannot be read (${why})`, { cause: error })
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ') : error
    throw new PriceFileError(`${file} is no price table: it is no JSON (${why}). Expected: ${EXAMPLE}`, {
      cause: error,
    })
  }
}

function place(issue: z.core.$ZodIssue): string {
  const at = issue.path.length === 0 ? 'the whole' : `/${issue.path.map(String).join('/')}`
  if (issue.code === 'unrecognized_keys')
    return `${at} has ${issue.keys.map((key) => `"${key}"`).join(', ')}, which is not known`
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return `${at} is missing`
  const said = issue.message.replace(/^(?:Invalid input|Too small): /, '')
  return `${at}: ${said}`
}
