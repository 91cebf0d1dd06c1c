import type { Service } from '../compose.ts'
import type { Item } from '../content/item.ts'
import type { RunRecord } from '../database/records.ts'
import type { SubmitOptions } from '../runs/runs.ts'

export interface Submission {
  item: Item
  options: SubmitOptions
  key: string | undefined
}

export function submitOnce({ runs }: Pick<Service, 'runs'>, { item, options }: Submission): Promise<RunRecord> {
  return runs.submit(item, options)
}
