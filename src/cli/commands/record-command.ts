import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { messageOf } from '../../content/validation/error-message.ts'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { runNamed } from '../service/named-ids.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

export function addRecord({ add, terminal, done }: CommandLine): void {
  const record = add(
    'record',
    'write a run to a file: its item, configuration and steps, and its calls with requests and answers',
  )
    .argument('[run]', 'its id or the beginning of it; `last` is the newest run that did something')
    .enablePositionalOptions()
    .option('-o, --out <file>', 'the file to write, usually NAME.linernotes.gz; - is stdout')
    .option('--redact', 'leave out texts, keep shapes, lengths and hashes: the file can be read, not replayed')
    .option('--force', 'replace a file that exists')
    .option('--json')
    .action(async (run: string | undefined, options: RecordOptions) => done(await recordRun(run, options, terminal)))
  add(
    'verify <files...>',
    'read recordings, check schema, hashes and checksum, and say what they hold; - reads stdin',
    record,
  )
    .option('--json')
    .action(async (files: string[], options: CommonOptions) => done(await verifyRecordings(files, options, terminal)))
}

interface RecordOptions extends CommonOptions {
  out?: string
  redact?: boolean
  force?: boolean
}

/** Writes the recording of a run to a file, or to stdout (`-`). The file is there completely or not at all. */
async function recordRun(runId: string | undefined, options: RecordOptions, terminal: Terminal): Promise<number> {
  const { out, redact = false, force = false, json = false } = options
  if (runId === undefined) throw badUse('name a run, or `last`; `linernotes runs` lists them')
  if (out === undefined) throw badUse(`name the file with -o FILE, for example -o ${runId}.linernotes.gz; - is stdout`)
  if (out === '-' && json)
    throw badUse('--json describes the file that was written: name a file with -o, or leave out --json')
  if (out === '-' && terminal.outIsTerminal)
    throw badUse('a recording is not text: name a file with -o, or send it to a pipe')
  if (out !== '-' && !force && existsSync(out)) throw badUse(`${out} exists already; --force replaces it`)
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

/** Writes a file beside the target and renames it at the end. */
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

/** Reads each file as one from an unknown source and says what it holds. The exit code is 1 if one of them is not a complete recording. */
async function verifyRecordings(
  files: readonly string[],
  { json = false }: CommonOptions,
  terminal: Terminal,
): Promise<number> {
  const { verifyRecording, verifiedText } = await import('../input/verify-recording.ts')
  const results: Awaited<ReturnType<typeof verifyRecording>>[] = []
  for (const file of files) {
    const result = await verifyRecording(file, terminal.stdin)
    results.push(result)
    if (!json) (result.ok ? terminal.out : terminal.err)(verifiedText(result, terminal))
  }
  if (json) terminal.out(`${JSON.stringify(results, null, 2)}\n`)
  return results.every(({ ok }) => ok) ? EXIT.done : EXIT.failed
}
