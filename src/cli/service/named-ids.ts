import { failed } from '../terminal/exit-code.ts'
import type { Client } from './service-client.ts'

/** The id that was named; `last` is the newest run. @throws {CliError} where there is none. */
export async function runNamed(client: Client, name: string): Promise<string> {
  if (name !== 'last') return name
  const [run] = await client.runs({}, 1)
  if (run === undefined) throw failed('there are no runs yet; `linernotes understand <file>` makes one')
  return run.id
}
