import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generatedSections, withSections } from '../../scripts/generated-sections.ts'
import { routesTable } from '../../scripts/http-routes.ts'
import { pages } from '../../scripts/pages.ts'
import { PriceTable } from '../../src/models/prices.ts'

it('pages show the graph, the environment, the commands and the routes as they are', { timeout: 60_000 }, async () => {
  const sections = { ...(await generatedSections()), routes: await routesTable() }
  const text = pages().map((page) => readFileSync(page, 'utf8'))
  for (const name of Object.keys(sections)) expect(text.join('\n')).toContain(`<!-- ${name} -->`)
  for (const page of text)
    expect(page, 'the pages are behind the code: run "npm run docs" and look at what it changed').toBe(
      withSections(page, sections),
    )
})

it('the price table of the reference is one', () => {
  const page = readFileSync('docs/reference/environment.md', 'utf8')
  expect(PriceTable.safeParse(JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? 'null')).error).toBeUndefined()
})
