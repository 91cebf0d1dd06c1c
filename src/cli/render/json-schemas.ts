import { z } from 'zod'
import { Evidence } from '../../content/evidence/evidence.ts'
import { Item } from '../../content/item.ts'
import { TextHash, TextSource } from '../../content/text/text.ts'
import { Segment } from '../../content/transcript/segments.ts'
import { Understanding } from '../../content/understanding-schema.ts'
import { Frame } from '../../recordings/recording-format.ts'

/** A text as the API returns it, with its hash and the unit of its offsets. */
const Text = z
  .strictObject({ source: TextSource, hash: TextHash, text: z.string(), normaliser: z.int() })
  .meta({ id: 'Text' })

/** Schemas of requests show what senders may leave out. Schemas of answers show what is always there. */
const DOCUMENTS = [
  ['item', Item, 'input'],
  ['text', Text, 'output'],
  ['segment', Segment, 'output'],
  ['evidence', Evidence, 'output'],
  ['understanding', Understanding, 'output'],
  // One line of a recording.
  ['recording', Frame, 'output'],
] as const

/** The documents as JSON Schema (draft 2020-12) by file name. */
export function schemaFiles(): Map<string, object> {
  return new Map(DOCUMENTS.map(([name, schema, io]) => [`${name}.schema.json`, z.toJSONSchema(schema, { io })]))
}
