import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** All pages of the documentation, by path from the project's folder. */
export function pages(): string[] {
  const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
  return ['README.md', 'examples/README.md', ...docs.map((file) => join('docs', file))].sort()
}
