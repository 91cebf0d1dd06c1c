import { type Command, InvalidArgumentError } from 'commander'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { collect } from '../input/option-values.ts'
import type { ReplayFlags } from '../input/replay-request.ts'
import type { FleetOptions } from '../service/perform-fleet.ts'
import { badUse, EXIT, explainError } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

export function addReplay({ add, terminal, done }: CommandLine): void {
  add(
    'replay [recordings...]',
    "run today's code against recordings (files, or ids of runs), with nothing leaving the process",
  )
    .option('--nearest', 'answer a call that differs with the recorded answer at its position, and go on')
    .option('--allow <classes>', 'classes of divergences that are expected: prompt-changed,understanding-differs')
    .option('--substitute <exchange=file>', 'replace one answer with the JSON of a file, and show the effect', collect)
    .option('--prompt <agent=version>', 'use this prompt instead of the current one: topics=v2', collect)
    .option('--no-derived', 'compute segments and vectors again instead of taking them from the recording')
    .option(
      '--fleet <folder|query>',
      'replay all recordings below a folder, or of the runs that fit: "since=7d&prompt=topics/v1&limit=500"',
    )
    .option('--workers <n>', 'processes that replay a fleet, 1 to 64', workers, 2)
    .option('--report <file>', 'write the report of a fleet: a page, or .json; may be given several times', collect)
    .option('--json')
    .action(async (named: string[], { fleet, ...options }: Options, command: Command) => {
      if (fleet === undefined) {
        if (named.length === 0) command.error('error: name recordings or runs, or give --fleet')
        return done(await replay(named, options, terminal))
      }
      if (named.length > 0) command.error('error: --fleet names all recordings; name no others')
      const { performFleet } = await import('../service/perform-fleet.ts')
      return done(await performFleet({ ...options, fleet }, terminal))
    })
}

type Options = Omit<FleetOptions, 'fleet'> & { fleet?: string }

function workers(value: string): number {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0
  if (number < 1 || number > 64) throw new InvalidArgumentError('a whole number from 1 to 64.')
  return number
}

export interface ReplayOptions extends ReplayFlags, CommonOptions {}

/** Runs today's code against recordings, and shows where it first differs. */
export async function replay(named: readonly string[], options: ReplayOptions, terminal: Terminal): Promise<number> {
  const [{ createReplayers, isCallersFault, ReplayFailed }, { replayRequest }, { replayFiles }, { replayText }] =
    await Promise.all([
      import('../../replay/process/replayers.ts'),
      import('../input/replay-request.ts'),
      import('../input/replay-files.ts'),
      import('../render/render-replay.ts'),
    ])
  const request = replayRequest(options)
  if (named.length > 1 && Object.keys(request.substitute).length > 0)
    throw badUse('--substitute changes one answer of one run: name one recording')
  const replayers = createReplayers({ size: 1 })
  const files = await replayFiles(named, { debug: options.debug, part: Object.keys(request.substitute)[0] }, terminal)
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

/** Exit codes by importance. That a recording could not be replayed says more than that its replay differs. */
const BY_WEIGHT: readonly number[] = [EXIT.done, EXIT.shortfall, EXIT.failed, EXIT.badUse]

function worse(a: number, b: number): number {
  return BY_WEIGHT.indexOf(a) > BY_WEIGHT.indexOf(b) ? a : b
}
