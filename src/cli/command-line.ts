import type { Command } from 'commander'
import type { Terminal } from './terminal/terminal.ts'

/** What a command adds itself to. Its file holds options and action; what the action needs is loaded when it is called. */
export interface CommandLine {
  readonly terminal: Terminal
  /** Adds a command to the program, or below another one. */
  add(usage: string, description: string, above?: Command): Command
  /** Adds a name that others are added below, and that does nothing itself. */
  group(name: string, description: string): Command
  /** Takes the exit code of an action. */
  done(exitCode: number): void
}

export interface CommonOptions {
  json?: boolean | undefined
  debug?: boolean | undefined
}
