import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { Log, Service } from '../../src/service.ts'

export const silent: Log = () => undefined

/** The whole product on an empty database in memory, with the embedded engine; `variables` as the environment would give them. */
export function memoryService(variables: Readonly<Record<string, string>> = {}, log: Log = silent): Promise<Service> {
  return compose(readConfig(variables), { memory: true }, log)
}
