import type { Taxonomies } from '../../src/taxonomy/taxonomy.ts'
import type { ToolFactory } from '../../tools/tool.ts'
import { emptyReading } from '../transcripts/empty-reading.ts'

type Versions = WeakMap<readonly ToolFactory[], string[]>
const known = new WeakMap<Taxonomies, Versions>()

/** `name@version` of the tools that factories make, sorted; made once, because every plan of every run asks for them. */
export function toolVersions(factories: readonly ToolFactory[], taxonomies: Taxonomies): readonly string[] {
  const ofThese: Versions = known.get(taxonomies) ?? new WeakMap()
  known.set(taxonomies, ofThese)
  const versions = ofThese.get(factories) ?? versionsOf(factories, taxonomies)
  ofThese.set(factories, versions)
  return versions
}

function versionsOf(factories: readonly ToolFactory[], taxonomies: Taxonomies): string[] {
  const reading = emptyReading
  const neighbourhood = { unavailable: null, space: null, items: [] }
  return factories
    .map((make) => make({ reading, metadata: {}, taxonomies, embedder: null, neighbourhood }))
    .map(({ name, version }) => `${name}@${version}`)
    .sort()
}
