import type { Taxonomies } from '../../src/taxonomy/taxonomy.ts'
import type { ToolFactory } from '../../tools/tool.ts'
import { emptyReading } from '../empty-reading.ts'

/** `name@version` of the tools that factories make, sorted. */
export function toolVersions(factories: readonly ToolFactory[], taxonomies: Taxonomies): string[] {
  const reading = emptyReading
  const neighbourhood = { unavailable: null, space: null, items: [] }
  return factories
    .map((make) => make({ reading, metadata: {}, taxonomies, embedder: null, neighbourhood }))
    .map(({ name, version }) => `${name}@${version}`)
    .sort()
}
