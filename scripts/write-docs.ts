// Writes the generated sections of all pages anew: after a change of the graph, the configuration, a command, a route, or of
// what the example prints. A test says when it is needed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exampleOutput } from './example-output.ts'
import { generatedSections, withSections } from './generated-sections.ts'
import { routesTable } from './http-routes.ts'
import { pages } from './pages.ts'

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
const folder = mkdtempSync(join(tmpdir(), 'linernotes-example-'))
const example = await exampleOutput(join(folder, 'data')).finally(() =>
  rmSync(folder, { recursive: true, force: true }),
)
const sections = { ...(await generatedSections()), ...example, routes: await routesTable() }
for (const page of pages()) {
  const before = readFileSync(page, 'utf8')
  const after = withSections(before, sections)
  if (after === before) continue
  writeFileSync(page, after)
  console.error(`wrote ${page}`)
}
