import { createWriteStream, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RECORDING_EXTENSION } from '../../recordings/recording-format.ts'
import type { Client } from '../service/service-client.ts'
import { withClient } from '../service/with-client.ts'
import { failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Recordings as files; those of runs stand in a folder of their own until they are removed. */
export interface ReplayFiles {
  paths: { name: string; path: string }[]
  remove(): Promise<void>
}

/** What no file is called is the id of a run, or `last`: its recording is fetched first. */
export async function replayFiles(
  named: readonly string[],
  options: { debug?: boolean | undefined },
  terminal: Terminal,
): Promise<ReplayFiles> {
  const runs = named.filter((name) => !isFile(name))
  if (runs.length === 0) return { paths: named.map((name) => ({ name, path: name })), remove: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'linernotes-replay-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const fetched = await withClient(terminal, options, async ({ client }) => {
      const paths = new Map<string, string>()
      for (const run of new Set(runs)) paths.set(run, await fetchRecording(run, folder, client))
      return paths
    })
    return { paths: named.map((name) => ({ name, path: fetched.get(name) ?? name })), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function fetchRecording(named: string, folder: string, client: Client): Promise<string> {
  const run = named === 'last' ? (await client.runs({}, 1))[0]?.id : named
  // What holds a path is no id of a run: a file was meant.
  const bytes = run === undefined || /[/\\]/.test(run) ? null : await client.recording(run, { redact: false })
  if (bytes === null) throw failed(`there is no file and no run "${named}"; \`linernotes runs\` lists runs`)
  const path = join(folder, `${run}${RECORDING_EXTENSION}`)
  await pipeline(bytes, createWriteStream(path, { mode: 0o600 }))
  return path
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
