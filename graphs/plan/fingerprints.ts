import type { Item } from '../../src/content/item.ts'
import { keepableItem } from '../../src/content/keepable-item.ts'
import { keepable } from '../../src/content/signed-url.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import { NORMALISER_VERSION } from '../../src/content/text/text.ts'
import { SEGMENTER_VERSION } from '../../src/content/transcript/segments.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { modelFor } from '../../src/ledger/run-configuration-schema.ts'
import { answersFor } from '../../src/models/chat-model.ts'
import { emptyReading } from '../../src/signals/reading/reading.ts'
import { declaredTopics } from '../../src/taxonomy/declared-topics.ts'
import type { Taxonomies } from '../../src/taxonomy/taxonomy.ts'
import type { ToolFactory } from '../../tools/tool.ts'
import type { Agent } from '../agents/define-agent.ts'
import { metadataOf } from '../prompts/metadata.ts'
import type { State } from '../state.ts'
import type { NodeRun } from '../step.ts'

/** Must rise with every change of the graph's own code (merging, verifying) that can change a document. */
export const GRAPH_VERSION = 'understanding/1'

const hashOf = (value: unknown): string => canonical(value).hash
const artworkOf = ({ artwork }: Item): string | null => (artwork === undefined ? null : keepable(artwork.url))

/** Everything that determines what an agent makes of an item. Neighbours, tenant, ids and time must never be in it. */
export function facetFingerprint(agent: Agent<unknown>, state: State, run: NodeRun): string {
  const { item, settings } = run
  const model = modelFor(settings.ports, agent.name)
  return hashOf({
    agent: agent.name,
    version: agent.version,
    graph: GRAPH_VERSION,
    prompt: settings.prompts[agent.name] ?? agent.prompt,
    model: model.name,
    ...(!answersFor(model, agent.name) && { answers: false }),
    effort: settings.effort,
    limits: { ...agent.limits, ...settings.limits },
    tools: toolVersions(agent.tools, run.taxonomies),
    texts: Object.fromEntries(
      agent.reads.flatMap((source) => (source in state.texts ? [[source, state.texts[source]?.hash]] : [])),
    ),
    metadata: agent.reads.includes('metadata') ? metadataOf(item) : null,
    ...(agent.reads.includes('categories') && { declaredTopics: declaredTopics(item.categories) }),
    artwork: agent.reads.includes('artwork') && model.sees ? artworkOf(item) : null,
    kind: item.kind,
    language: state.segmentation?.language ?? item.language ?? null,
    normaliser: NORMALISER_VERSION,
    segmenter: SEGMENTER_VERSION,
    taxonomies: run.taxonomyVersion,
    space: settings.ports.embedder?.space ?? null,
  })
}

/** What the critic's judgement depends on. */
export function critiqueFingerprint(agent: Agent<unknown>, facets: readonly string[], { settings }: NodeRun): string {
  return hashOf({
    agent: agent.name,
    version: agent.version,
    prompt: settings.prompts[agent.name] ?? agent.prompt,
    model: modelFor(settings.ports, agent.name).name,
    second: settings.ports.secondOpinion?.name ?? null,
    effort: settings.effort,
    facets,
  })
}

/** The configuration of a run. Comparing it answers "is everything as it was?". */
export function configurationHash(agents: readonly Agent<unknown>[], run: NodeRun): string {
  const { ports, ...settings } = run.settings
  return hashOf({
    graph: GRAPH_VERSION,
    settings: { ...settings, requested: [] },
    agents: agents.map(({ name, version, tools, prompt }) => {
      const model = modelFor(ports, name)
      return {
        name,
        version,
        prompt,
        tools: toolVersions(tools, run.taxonomies),
        model: model.name,
        ...(!answersFor(model, name) && { answers: false }),
      }
    }),
    second: ports.secondOpinion?.name ?? null,
    embedder: ports.embedder?.space ?? null,
    fetches: ports.fetch,
    transcriber: ports.transcriber,
    normaliser: NORMALISER_VERSION,
    segmenter: SEGMENTER_VERSION,
    taxonomies: run.taxonomyVersion,
  })
}

/**
 * Hash over the item, the configuration, the decisions and what the servers say about its URLs. A URL that is only signed anew is the same
 * URL.
 */
export function intakeHash(parts: {
  item: Item
  configuration: string
  decisions: unknown
  validators: unknown
  /** The run that left something to try again. A later intake never names one, so no later hash is equal. */
  unfinished?: string
}): string {
  return sha256(canonical({ ...parts, item: keepableItem(parts.item) }).json)
}

type Versions = WeakMap<readonly ToolFactory[], string[]>
const madeVersions = new WeakMap<Taxonomies, Versions>()

/** `name@version` of the tools that the factories make, sorted. Made once, because every plan of every run asks for them. */
function toolVersions(factories: readonly ToolFactory[], taxonomies: Taxonomies): readonly string[] {
  const ofThese: Versions = madeVersions.get(taxonomies) ?? new WeakMap()
  madeVersions.set(taxonomies, ofThese)
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
