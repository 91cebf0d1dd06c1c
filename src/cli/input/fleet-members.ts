import { createWriteStream, readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RECORDING_EXTENSION } from '../../recordings/recording-format.ts'
import type { FleetMember } from '../../replay/fleet/replay-fleet.ts'
import { itemNamed } from '../service/named-ids.ts'
import type { Client } from '../service/service-client.ts'
import { badUse } from '../terminal/exit-code.ts'
import type { RunQuery } from './run-query.ts'

/** The recordings below a folder, in the order of their paths. */
export function membersOfFolder(folder: string): FleetMember[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(RECORDING_EXTENSION))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  if (files.length === 0)
    throw badUse(
      `there are no recordings below ${folder}; \`linernotes record\` makes files that end with ${RECORDING_EXTENSION}`,
    )
  return files.map((path) => ({ name: relative(folder, path), file: async () => path }))
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Runs as members of a fleet. Each is recorded to a temporary folder when it is needed, and the recording is removed after its replay. */
export async function membersOfRuns(
  { filter, limit }: RunQuery,
  client: Client,
): Promise<{ members: FleetMember[]; remove(): Promise<void> }> {
  const of = filter.item === undefined ? filter : { ...filter, item: await itemNamed(client, filter.item) }
  const runs = (await client.runs(of, limit)).filter(({ status }) => status !== 'queued' && status !== 'running')
  const folder = await mkdtemp(join(tmpdir(), 'linernotes-fleet-'))
  const members = runs.map(({ id }): FleetMember => {
    const path = join(folder, `${id}${RECORDING_EXTENSION}`)
    return {
      name: id,
      async file() {
        const bytes = await client.recording(id, { redact: false })
        if (bytes === null) throw new Error('the run does not exist any more')
        await pipeline(bytes, createWriteStream(path, { mode: 0o600 }))
        return path
      },
      done: () => rm(path, { force: true }),
    }
  })
  return { members, remove: () => rm(folder, { recursive: true, force: true }) }
}
