import type { Command } from 'commander'
import type { Terminal } from './terminal/terminal.ts'

/** A command adds itself to this. Its file holds its options and its action. What the action needs is loaded when the action is called. */
export interface CommandLine {
  readonly terminal: Terminal
  /** Adds a command to the program, or below another command. */
  add(usage: string, description: string, above?: Command): Command
  /** Adds a name under which commands are added. By itself the name does nothing. */
  group(name: string, description: string): Command
  /** Takes the exit code of an action. */
  done(exitCode: number): void
}

export interface CommonOptions {
  json?: boolean | undefined
  debug?: boolean | undefined
}
