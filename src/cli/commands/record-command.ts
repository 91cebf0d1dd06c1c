import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { messageOf } from '../../content/validation/error-message.ts'
import { RECORDING_EXTENSION } from '../../recordings/recording-format.ts'
import { runNamed } from '../service/last-run.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface RecordOptions {
  out?: string | undefined
  redact?: boolean | undefined
  force?: boolean | undefined
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** `record <run> -o FILE`: the recording of a run as a file, or on stdout (`-`). A file appears whole or not at all. */
export async function record(runId: string | undefined, options: RecordOptions, terminal: Terminal): Promise<number> {
  const { out, redact = false, force = false, json = false } = options
  if (runId === undefined) throw badUse('name a run, or `last`; `linernotes runs` lists them')
  if (out === undefined)
    throw badUse(`say where to with -o FILE, for example -o ${runId}${RECORDING_EXTENSION}; - is stdout`)
  if (out === '-' && json) throw badUse('--json says what was written to a file; stdout takes one thing only')
  if (out === '-' && terminal.outIsTerminal) throw badUse('a recording is no text; name a file with -o, or pipe it on')
  if (out !== '-' && !force && existsSync(out)) throw badUse(`${out} is there already; --force replaces it`)
  return withClient(terminal, options, async ({ client }) => {
    const id = await runNamed(client, runId)
    const recording = await client.recording(id, { redact })
    if (recording === null) throw failed(`there is no run "${id}"; \`linernotes runs\` lists them`)
    if (out === '-') {
      for await (const chunk of recording) await terminal.write(chunk)
      return EXIT.done
    }
    const bytes = await save(recording, out)
    if (json) terminal.out(`${JSON.stringify({ run: id, file: out, bytes, redacted: redact }, null, 2)}\n`)
    else terminal.err(`wrote ${out}: run ${id}${redact ? ', without its texts' : ''}, ${bytes} bytes\n`)
    return EXIT.done
  })
}

/** Writes beside the file and puts it in its place at the end. */
async function save(chunks: AsyncIterable<Uint8Array>, path: string): Promise<number> {
  const part = `${path}.${process.pid}.part`
  try {
    const file = createWriteStream(part, { flush: true })
    await pipeline(chunks, file)
    await rename(part, path)
    return file.bytesWritten
  } catch (cause) {
    await rm(part, { force: true })
    const reason = messageOf(cause)
    throw failed(`the recording could not be written to ${path}: ${reason}`, { cause })
  }
}
