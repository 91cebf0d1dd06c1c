import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Evidence } from '../../content/evidence/evidence.ts'
import { Item } from '../../content/item.ts'
import { TextHash, TextSource } from '../../content/text/text.ts'
import { Segment } from '../../content/transcript/segments.ts'
import { Understanding } from '../../content/understanding-schema.ts'
import { messageOf } from '../../content/validation/error-message.ts'
import { Frame } from '../../recordings/recording-format.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

/** A text as the API serves it: what offsets count in, and its hash. */
const Text = z
  .strictObject({ source: TextSource, hash: TextHash, text: z.string(), normaliser: z.int() })
  .meta({ id: 'Text' })

/** What is sent is described as senders write it, with what may be left out; the rest as it is answered. */
const DOCUMENTS = [
  ['item', Item, 'input'],
  ['text', Text, 'output'],
  ['segment', Segment, 'output'],
  ['evidence', Evidence, 'output'],
  ['understanding', Understanding, 'output'],
  // One line of a recording.
  ['recording', Frame, 'output'],
] as const

/** The documents as JSON Schema, draft 2020-12, by file name. */
export function schemaFiles(): Map<string, object> {
  return new Map(DOCUMENTS.map(([name, schema, io]) => [`${name}.schema.json`, z.toJSONSchema(schema, { io })]))
}

/** `schemas --out <folder>`: writes one file a document and names them on stdout. */
export async function schemas({ out, json }: { out: string; json?: boolean }, terminal: Terminal): Promise<number> {
  try {
    await mkdir(out, { recursive: true })
    const files: string[] = []
    for (const [name, schema] of schemaFiles()) {
      const path = join(out, name)
      await writeFile(path, `${JSON.stringify(schema, null, 2)}\n`)
      files.push(path)
    }
    print({ files }, { json, terminal }, () => files.map((path) => `${path}\n`).join(''))
    return EXIT.done
  } catch (error) {
    throw failed(`the schemas cannot be written to ${out}: ${messageOf(error)}`, {
      cause: error,
    })
  }
}
