import { createWriteStream, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { failed } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { type Session, withClient } from '../with-client.ts'

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
    const fetched = await withClient(terminal, options, async (session) => {
      const paths = new Map<string, string>()
      for (const run of new Set(runs)) paths.set(run, await fetchRecording(run, folder, session))
      return paths
    })
    return { paths: named.map((name) => ({ name, path: fetched.get(name) ?? name })), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function fetchRecording(named: string, folder: string, { client, connection }: Session): Promise<string> {
  const run = named === 'last' ? (await client.runs({}, 1))[0]?.id : named
  const missing = `there is no file and no run "${named}"; \`linernotes runs\` lists runs`
  if (run === undefined || /[/\\]/.test(run)) throw failed(missing)
  const response = await connection.send(`/v1/runs/${encodeURIComponent(run)}/recording`)
  if (response.status === 404) throw failed(missing)
  if (!response.ok || response.body === null) throw failed(await reasonOf(response, run))
  const path = join(folder, `${run}.linernotes.gz`)
  await pipeline(Readable.from(response.body), createWriteStream(path, { mode: 0o600 }))
  return path
}

async function reasonOf(response: Response, run: string): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  const said = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : null
  return typeof said === 'string' ? said : `run ${run} cannot be recorded: status ${response.status}`
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
