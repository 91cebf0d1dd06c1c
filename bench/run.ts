import { parseArgs } from 'node:util'
import { overhead } from './overhead.ts'
import { type Row, renderTable } from './table.ts'

const rows: Row[] = await overhead({
  runs: Number(parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '7' } } }).values.runs),
})
console.log(renderTable(rows))
