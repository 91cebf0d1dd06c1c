import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../content/validation/error-message.ts'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addSchemas({ add, terminal, done }: CommandLine): void {
  add('schemas', "write the JSON Schemas of item, text, segment, evidence, understanding and a recording's lines")
    .requiredOption('--out <folder>', 'the folder to write to')
    .option('--json')
    .action(async (options: CommonOptions & { out: string }) => done(await writeSchemas(options, terminal)))
}

/** Writes one file for each document and prints the files' names on stdout. */
async function writeSchemas({ out, json }: CommonOptions & { out: string }, terminal: Terminal): Promise<number> {
  const { schemaFiles } = await import('../render/json-schemas.ts')
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
