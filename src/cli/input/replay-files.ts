import { createWriteStream, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RECORDING_EXTENSION } from '../../recordings/recording-format.ts'
import { runNamed } from '../service/named-ids.ts'
import type { Client } from '../service/service-client.ts'
import { withClient } from '../service/with-client.ts'
import { failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Recordings as files. Those of runs are in a temporary folder until they are removed. */
export interface ReplayFiles {
  paths: { name: string; path: string }[]
  remove(): Promise<void>
}

/**
 * Finds the files to replay. A name that is no file names a run, and its recording is fetched first. `part` is a step or a call that the
 * run called `last` must have.
 */
export async function replayFiles(
  named: readonly string[],
  options: { debug?: boolean | undefined; part?: string | undefined },
  terminal: Terminal,
): Promise<ReplayFiles> {
  const runs = named.filter((name) => !isFile(name))
  if (runs.length === 0) return { paths: named.map((name) => ({ name, path: name })), remove: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'linernotes-replay-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const fetched = await withClient(terminal, options, async ({ client }) => {
      const paths = new Map<string, string>()
      for (const run of new Set(runs)) paths.set(run, await fetchRecording(run, { folder, client, part: options.part }))
      return paths
    })
    return { paths: named.map((name) => ({ name, path: fetched.get(name) ?? name })), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function fetchRecording(
  named: string,
  { folder, client, part }: { folder: string; client: Client; part: string | undefined },
): Promise<string> {
  // An id contains no slash, so a name with one was meant as a file.
  const run = /[/\\]/.test(named) ? null : await runNamed(client, named, part)
  const bytes = run === null ? null : await client.recording(run, { redact: false })
  if (bytes === null) throw failed(`there is no file and no run "${named}"; \`linernotes runs\` lists runs`)
  const path = join(folder, `${run}${RECORDING_EXTENSION}`)
  await pipeline(bytes, createWriteStream(path, { mode: 0o600 }))
  return path
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
