import { z } from 'zod'
import { compose } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'
import { createApp } from '../src/http/app.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const Document = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), z.object({ summary: z.string() }))),
})

/** All routes as a table, from the OpenAPI document that the service itself serves. */
export async function routesTable(): Promise<string> {
  const log = () => undefined
  const service = await compose(readConfig({}), { memory: true }, log)
  try {
    const answer = await createApp({ service, log, version: '' }).request('http://127.0.0.1/openapi.json')
    const { paths } = Document.parse(await answer.json())
    const rows = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { summary }]) => `| \`${method.toUpperCase()} ${path}\` | ${summary} |`),
    )
    return ['| route | what |', '|---|---|', ...rows].join('\n')
  } finally {
    await service.close()
  }
}
