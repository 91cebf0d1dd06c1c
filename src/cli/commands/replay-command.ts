import { createReplayers, isCallersFault, ReplayFailed } from '../../replay/process/replayers.ts'
import { replayFiles } from '../input/replay-files.ts'
import { type ReplayFlags, replayRequest } from '../input/replay-request.ts'
import { replayText } from '../render/render-replay.ts'
import { badUse, EXIT, explainError } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface ReplayOptions extends ReplayFlags {
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** `replay <recording…>`: runs today's code against recordings, and says where it first does something else. */
export async function replay(named: readonly string[], options: ReplayOptions, terminal: Terminal): Promise<number> {
  const request = replayRequest(options)
  if (named.length > 1 && Object.keys(request.substitute).length > 0)
    throw badUse('--substitute changes one answer of one run: name one recording')
  const replayers = createReplayers({ size: 1 })
  const files = await replayFiles(named, options, terminal)
  try {
    let exitCode: number = EXIT.done
    for (const { name, path } of files.paths) exitCode = worse(exitCode, await one(name, path))
    return exitCode
  } finally {
    replayers.close()
    await files.remove()
  }

  async function one(name: string, path: string): Promise<number> {
    try {
      const report = await replayers.replay(path, request, { signal: terminal.signal })
      if (options.json === true)
        terminal.out(`${JSON.stringify(report, null, files.paths.length === 1 ? 2 : undefined)}\n`)
      else terminal.out(replayText(report, terminal))
      return report.identical ? EXIT.done : EXIT.shortfall
    } catch (error) {
      terminal.signal.throwIfAborted()
      terminal.err(`${terminal.errStyle.bad('error:')} ${name}: ${explainError(error).line}\n`)
      return error instanceof ReplayFailed && isCallersFault(error) ? EXIT.badUse : EXIT.failed
    }
  }
}

/** What could not be replayed says more than what differs. */
const BY_WEIGHT: readonly number[] = [EXIT.done, EXIT.shortfall, EXIT.failed, EXIT.badUse]

function worse(a: number, b: number): number {
  return BY_WEIGHT.indexOf(a) > BY_WEIGHT.indexOf(b) ? a : b
}
