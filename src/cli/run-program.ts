import { type Command, CommanderError } from 'commander'
import { CliError, EXIT, explainError } from './terminal/exit-code.ts'
import type { Terminal } from './terminal/terminal.ts'

/** The exit code that a command's action leaves here. */
export interface Outcome {
  exitCode: number
}

/**
 * Runs a command line: parses it, performs the command, and explains an error in one line on stderr.
 * @returns the exit code.
 */
export async function runProgram(
  create: (terminal: Terminal, outcome: Outcome) => Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const outcome: Outcome = { exitCode: EXIT.done }
  const program = create(terminal, outcome)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return outcome.exitCode
  } catch (error) {
    // Commander has already written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badUse
    if (terminal.signal.aborted && error === terminal.signal.reason) return EXIT.interrupted
    const { line, exitCode } = explainError(error)
    terminal.err(`${terminal.errStyle.bad('error:')} ${line}\n`)
    if (error instanceof CliError && error.details !== null) terminal.err(`${error.details}\n`)
    if (args.includes('--debug')) terminal.err(`${describe(error)}\n`)
    return exitCode
  }
}

/** The stack of an error and of its causes. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by: ${describe(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
