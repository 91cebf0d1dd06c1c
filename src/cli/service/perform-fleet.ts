import { writeFileSync } from 'node:fs'
import { type FleetReport, isClean } from '../../replay/fleet/fleet-report.ts'
import { type FleetMember, type FleetProgress, replayFleet } from '../../replay/fleet/replay-fleet.ts'
import { createReplayers } from '../../replay/process/replayers.ts'
import type { CommonOptions } from '../command-line.ts'
import { isFolder, membersOfFolder, membersOfRuns } from '../input/fleet-members.ts'
import { type ReplayFlags, replayRequest } from '../input/replay-request.ts'
import { runQuery } from '../input/run-query.ts'
import { bar } from '../render/terminal-layout.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'
import { withClient } from './with-client.ts'

export interface FleetOptions extends ReplayFlags, CommonOptions {
  fleet: string
  workers?: number | undefined
  /** Files to write the report to: JSON where the name ends so, else a page. */
  report?: readonly string[] | undefined
}

const CLEAR_LINE = '\r\x1b[2K'
const EVERY_MS = 100

/** Replays many recordings and makes one report of them. */
export async function performFleet(options: FleetOptions, terminal: Terminal): Promise<number> {
  const request = replayRequest(options)
  if (Object.keys(request.substitute).length > 0)
    throw badUse('--substitute changes one answer of one run, not of a fleet')
  const { fleet } = options
  if (isFolder(fleet)) return perform(membersOfFolder(fleet))
  const query = runQuery(fleet, Date.now())
  return withClient(terminal, options, async ({ client }) => {
    const { members, remove } = await membersOfRuns(query, client)
    try {
      // A gate that nothing passes through must not look open.
      if (members.length === 0) throw failed(`no run that is over fits "${fleet}"; \`linernotes runs\` lists runs`)
      return await perform(members)
    } finally {
      await remove()
    }
  })

  async function perform(members: readonly FleetMember[]): Promise<number> {
    const workers = Math.min(options.workers ?? 2, Math.max(1, members.length))
    const replayers = createReplayers({ size: workers })
    const progress = createBar(members.length, terminal)
    try {
      const report = await replayFleet(members, replayers, {
        request,
        workers,
        signal: terminal.signal,
        progress: progress.show,
      })
      progress.end()
      await write(report, options, terminal)
      return report.diverged > 0 ? EXIT.shortfall : isClean(report) ? EXIT.done : EXIT.failed
    } finally {
      progress.end()
      replayers.close()
    }
  }
}

async function write(
  report: FleetReport,
  { report: files = [], json }: FleetOptions,
  terminal: Terminal,
): Promise<void> {
  for (const file of files) {
    if (file.endsWith('.json')) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
    else writeFileSync(file, await (await import('../../replay/fleet/fleet-page.tsx')).fleetPage(report))
  }
  const { fleetText } = await import('../render/render-fleet.ts')
  print(report, { json, terminal }, () => fleetText(report, terminal))
}

/** A line on stderr that fills up; nothing where stderr is no terminal. */
function createBar(total: number, { err, errStyle, errIsTerminal, columns }: Terminal) {
  let last = 0
  return {
    show({ done, identical, diverged, broken }: FleetProgress): void {
      const now = performance.now()
      if (!errIsTerminal || (now - last < EVERY_MS && done < total)) return
      last = now
      const filled = bar(done / total, Math.max(10, Math.min(30, columns - 60)))
      const counts = `${identical} identical, ${diverged} diverged${broken > 0 ? `, ${broken} broken` : ''}`
      err(`${CLEAR_LINE}${errStyle.accent(filled)} ${done}/${total} ${errStyle.dim(counts)}`)
    },
    end(): void {
      if (errIsTerminal && last > 0) err(CLEAR_LINE)
      last = 0
    },
  }
}
