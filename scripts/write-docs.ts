// Writes the generated sections of all pages anew: after a change of the graph, the configuration, a command, a route, or of
// what the example prints. A test says when it is needed.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { exampleOutput } from './example-output.ts'
import { generatedSections, withSections } from './generated-sections.ts'
import { routesTable } from './http-routes.ts'
import { pages } from './pages.ts'

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
const sections = { ...(await generatedSections()), ...(await exampleOutput()), routes: await routesTable() }
for (const page of pages()) {
  const before = readFileSync(page, 'utf8')
  const after = withSections(before, sections)
  if (after === before) continue
  writeFileSync(page, after)
  console.error(`wrote ${page}`)
}
