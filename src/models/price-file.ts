import { readFileSync } from 'node:fs'
import { messageOf } from '../content/validation/error-message.ts'
import { mistakeLine, mistakesIn } from '../content/validation/mistakes.ts'
import { PriceTable } from './prices.ts'

const EXAMPLE =
  '{"asOf": "2026-01-31", "models": {"<model>": {"inputPerMTok": 0.25, "outputPerMTok": 2}}}, dollars for a million tokens'
/** The maximum number of places in a message, even if the whole table is wrong. */
const MAX_LISTED = 3

/** An operator's file that is not a price table. The message is one line: the file, the place, and the expected form. */
export class PriceFileError extends Error {
  override readonly name = 'PriceFileError'
}

/** @throws {PriceFileError} if the file cannot be read or is not a price table. */
export function readPriceFile(file: string): PriceTable {
  const given = parse(file)
  const table = PriceTable.safeParse(given)
  if (table.success) return table.data
  const mistakes = mistakesIn(PriceTable, given)
  const more = mistakes.length > MAX_LISTED ? ` (and ${mistakes.length - MAX_LISTED} more)` : ''
  throw new PriceFileError(
    `${file} is no price table: ${mistakes.slice(0, MAX_LISTED).map(mistakeLine).join('; ')}${more}. Expected: ${EXAMPLE}`,
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
    const why = messageOf(error).replace(/\s+/g, ' ')
    throw new PriceFileError(`${file} is no price table: it is no JSON (${why}). Expected: ${EXAMPLE}`, {
      cause: error,
    })
  }
}
