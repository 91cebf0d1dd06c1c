import { createProgram } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { fakeTerminal } from './fake-terminal.ts'

/** Runs a command in this process as a user would. Returns how it ended and what it wrote. */
export async function cli(...args: string[]) {
  const terminal = fakeTerminal()
  const exitCode = await runProgram(createProgram, args, terminal)
  return { exitCode, ...terminal.written }
}
