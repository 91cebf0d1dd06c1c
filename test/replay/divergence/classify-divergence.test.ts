import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Agent, type AgentSpec, defineAgent } from '../../../graphs/agents/define-agent.ts'
import { entities } from '../../../graphs/agents/entities.ts'
import { evidenceProblems } from '../../../graphs/agents/evidence-problems.ts'
import { topics } from '../../../graphs/agents/topics.ts'
import { agentNode } from '../../../graphs/nodes/agent.ts'
import { assemble } from '../../../graphs/nodes/assemble.ts'
import { neighbours } from '../../../graphs/nodes/neighbours.ts'
import { plan } from '../../../graphs/nodes/plan.ts'
import { publish } from '../../../graphs/nodes/publish.ts'
import { transcript } from '../../../graphs/nodes/transcript.ts'
import { EntitiesAnswer } from '../../../src/content/answers.ts'
import type { FacetLabels } from '../../../src/content/labels/label-types.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import type { Embedder } from '../../../src/models/embedder.ts'
import type { Recording } from '../../../src/recordings/recording.ts'
import { memoisedAnalysis } from '../../../src/replay/process/memoised-analysis.ts'
import type { DivergenceClass } from '../../../src/replay/replay-report.ts'
import type { ReplayDeps, ReplayOptions } from '../../../src/replay/replay-run.ts'
import { substituted } from '../../../src/replay/substitute.ts'
import { loadTaxonomies, type Taxonomies } from '../../../src/taxonomy/taxonomy.ts'
import { lookupTaxonomy } from '../../../tools/lookup-taxonomy.ts'
import type { Tool, ToolFactory } from '../../../tools/tool.ts'
import { openMemory } from '../../database/open-memory.ts'
import { analysis, cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { fakeEmbedder } from '../../support/fake-embedder.ts'
import { type Change, graphWith } from '../../support/graph-with.ts'
import { recorded, replayed } from '../../support/recorded.ts'
import { talk } from '../../support/talk.ts'

const asks = (name: string, args: Record<string, string | number>) => ({
  toolCalls: [{ id: `call ${name}`, name, args }],
})
const evidence = (segment: number) => [{ source: 'transcript', segment }]
const looms = (segment: number) => ({ name: 'Ada Lovelace', type: 'person', evidence: evidence(segment) })

/** A run with tool calls, an answer that was rejected, a critic, neighbours. */
const PARTS: Record<string, Part> = {
  topics: (_, times) =>
    times === 0
      ? asks('lookup_taxonomy', { by: 'name', query: 'Computing' })
      : submits('topics', { topics: [{ id: '596', evidence: evidence(3) }] }),
  entities: (_, times) => submits('entities', { entities: [looms(times === 0 ? 99 : 1)] }),
  chapters: () => submits('chapters', { chapters: [{ title: 'Lyon', firstSegment: 0 }] }),
  summary: () => submits('summary', { claims: [{ text: 'Looms read cards.', evidence: evidence(0) }] }),
}

let database: Database
let recording: Recording
beforeAll(async () => {
  database = await openMemory()
  const desk = openDesk(database, { chat: cast(PARTS).model, ports: { embedder: fakeEmbedder() } })
  const { run } = await desk.understand(talk(), { effort: 'thorough' })
  recording = await recorded(desk, run.id)
})
afterAll(() => database.close())

interface Mutation {
  graph?: Change
  deps?: Partial<ReplayDeps>
  options?: ReplayOptions
  recording?: (recording: Recording) => Recording
  class: DivergenceClass
  /** Step, or call; null for the document. */
  at: string | null
  pointer?: string
}

const agent = (node: 'topics' | 'entities', changed: Agent<FacetLabels>): Change => ({
  nodes: { [node]: agentNode(changed) },
})

/** The topics agent with another look-up tool. */
function withLookUp(change: (tool: Tool) => Partial<Tool>): Change {
  const changed: ToolFactory = (deps) => {
    const tool = lookupTaxonomy(deps)
    return { ...tool, ...change(tool) }
  }
  return agent('topics', { ...topics, tools: topics.tools.map((tool) => (tool === lookupTaxonomy ? changed : tool)) })
}

type EntitiesSpec = AgentSpec<typeof EntitiesAnswer, unknown, FacetLabels>

/** The entities agent with other checks of an answer, or another answer. */
const entitiesWith = (change: Partial<Pick<EntitiesSpec, 'problems' | 'answer'>>): Change =>
  agent(
    'entities',
    defineAgent({
      ...entities,
      answer: EntitiesAnswer,
      offer: ({ reading, analysis: signals }) =>
        signals.entityCandidates(reading).then((candidates) => ({ candidates })),
      problems: () => [],
      conclude: (): FacetLabels => ({ facet: 'entities', labels: [] }),
      ...change,
    }),
  )

const renamed: Taxonomies = {
  ...loadTaxonomies(),
  get(id) {
    const taxonomy = loadTaxonomies().get(id)
    return {
      ...taxonomy,
      byName: (name) => {
        const node = taxonomy.byName(name)
        return node && { ...node, name: `${node.name} (renamed)` }
      },
    }
  },
}

const calls = (name: string, args: Record<string, string | number>) => (whole: Recording) =>
  substituted(whole, { 'topics.0.chat.0': asks(name, args) })

const another: Embedder = { ...fakeEmbedder(), space: 'fake@2' }

const MUTATIONS: Record<string, Mutation> = {
  'the prompt of an agent': {
    options: { prompts: { topics: 'summary/v1' } },
    class: 'prompt-changed',
    at: 'topics.0.chat.0',
    pointer: '/messages/2/content',
  },
  'the prompt of another agent': {
    options: { prompts: { chapters: 'summary/v1' } },
    class: 'prompt-changed',
    at: 'chapters.0.chat.0',
  },
  'the prompt of the critic': {
    options: { prompts: { critique: 'summary/v1' } },
    class: 'prompt-changed',
    at: 'critique.0.chat.0',
  },
  'what an agent is offered': {
    deps: { analysis: { ...analysis, entityCandidates: async () => [] } },
    class: 'prompt-changed',
    at: 'entities.0.chat.0',
  },
  'what a tool answers': {
    graph: withLookUp(() => ({ run: async () => ({ ok: true, value: { nodes: [] } }) })),
    class: 'tool-result-changed',
    at: 'topics.0.chat.1',
  },
  'a tool that fails': {
    graph: withLookUp(() => ({ run: async () => ({ ok: false, problem: 'Not today.' }) })),
    class: 'tool-result-changed',
    at: 'topics.0.chat.1',
  },
  'how a tool is described': {
    graph: withLookUp(({ description }) => ({ description: `${description} Use it sparingly.` })),
    class: 'model-or-parameters-changed',
    at: 'topics.0.chat.0',
    pointer: '/tools/0/description',
  },
  'a tool taken away': {
    graph: agent('topics', { ...topics, tools: topics.tools.slice(0, -1) }),
    class: 'model-or-parameters-changed',
    at: 'topics.0.chat.0',
  },
  'a limit of rounds': {
    graph: agent('topics', { ...topics, limits: { rounds: 1, toolCalls: 1 } }),
    class: 'model-or-parameters-changed',
    at: 'topics.0.chat.0',
  },
  'the shape of an answer': {
    graph: entitiesWith({ answer: EntitiesAnswer.extend({ entities: EntitiesAnswer.shape.entities.max(5) }) }),
    class: 'model-or-parameters-changed',
    at: 'entities.0.chat.0',
  },
  'the words in which an answer is refused': {
    graph: entitiesWith({ problems: () => ['there is no such segment'] }),
    class: 'tool-result-changed',
    at: 'entities.0.chat.1',
  },
  'an answer that is refused now': {
    graph: entitiesWith({
      problems: ({ entities: named }, { reading }) => {
        const wrong = named.flatMap((entity, n) => evidenceProblems(entity.evidence, `/entities/${n}`, reading))
        return wrong.length > 0 ? wrong : ['one name is too few']
      },
    }),
    class: 'extra-call',
    at: 'entities.0.chat.2',
  },
  'an answer that is taken now': { graph: entitiesWith({}), class: 'missing-call', at: 'entities.0.chat.1' },
  'the labels made of an answer': {
    graph: agent('topics', {
      ...topics,
      async prepare(view) {
        const { offer, check } = await topics.prepare(view)
        return {
          offer,
          check(args) {
            const checked = check(args)
            return checked.ok ? { ok: true, value: { facet: 'topics', labels: [] } } : checked
          },
        }
      },
    }),
    class: 'state-update-differs',
    at: 'topics.0',
  },
  'what a node decides': {
    graph: {
      nodes: {
        plan: async (state, run) => {
          const { planned, ...rest } = await plan(state, run)
          return planned ? { ...rest, planned: { ...planned, reading: 'outline' } } : rest
        },
      },
    },
    class: 'state-update-differs',
    at: 'plan.0',
    pointer: '/planned/reading',
  },
  'a node that asks more of the world': {
    graph: {
      nodes: {
        assemble: async (state, run) => {
          await run.ports.known()
          return assemble(state, run)
        },
      },
    },
    class: 'extra-call',
    at: 'assemble.0.known.0',
  },
  'a node that asks for something else': {
    graph: {
      nodes: {
        neighbours: (state, run) => {
          const asked = run.ports.neighbours
          return neighbours(state, {
            ...run,
            ports: { ...run.ports, neighbours: (request) => asked({ ...request, limit: request.limit + 1 }) },
          })
        },
      },
    },
    class: 'other-arguments',
    at: 'neighbours.0.neighbours.0',
    pointer: '/limit',
  },
  'a node that breaks': {
    graph: { nodes: { verify: () => Promise.reject(new TypeError('labels is not iterable')) } },
    class: 'state-update-differs',
    at: 'verify.0',
    pointer: '/error',
  },
  'a node taken away': { graph: { without: ['verify'] }, class: 'graph-shape-changed', at: 'verify.0' },
  'an agent taken away': { graph: { without: ['chapters'] }, class: 'graph-shape-changed', at: 'chapters.0' },
  'a node put in': {
    graph: { added: { name: 'audit', node: () => ({}) } },
    class: 'graph-shape-changed',
    at: 'audit.0',
  },
  'nodes in another order': {
    graph: { after: ['assemble', 'critique', 'verify'] },
    class: 'graph-shape-changed',
    at: 'critique.0',
  },
  'how a text is read': {
    graph: {
      nodes: {
        transcript: async (state, run) => {
          const slot = run.workspace.transcript
          const set: typeof slot.set = ({ transcript: read, ...left }) =>
            slot.set({ ...left, transcript: read && { ...read, text: read.text.slice(0, -1) } })
          const update = await transcript(state, {
            ...run,
            workspace: { ...run.workspace, transcript: { ...slot, set } },
          })
          return { ...update, transcriptOrigin: null }
        },
      },
    },
    class: 'state-update-differs',
    at: 'transcript.0',
  },
  'how a text is cut': {
    deps: { analysis: { ...analysis, segment: async (...args) => (await analysis.segment(...args)).slice(0, -1) } },
    options: { derived: false },
    class: 'state-update-differs',
    at: 'segment.0',
    pointer: '/segmentation/count',
  },
  'a node of a taxonomy': { deps: { taxonomies: renamed }, class: 'tool-result-changed', at: 'topics.0.chat.1' },
  'a taxonomy that changes nothing here': {
    deps: { taxonomyVersion: 'sha256:another' },
    class: 'state-update-differs',
    at: 'plan.0',
    pointer: '/planned/facets/topics/fingerprint',
  },
  'the vector space': {
    deps: { embedder: another },
    class: 'other-arguments',
    at: 'neighbours.0.neighbours.0',
    pointer: '/space',
  },
  'what is published': {
    graph: {
      nodes: {
        publish: (state, run) => publish(state, { ...run, item: { ...run.item, title: 'Another title' } }),
      },
    },
    class: 'understanding-differs',
    at: null,
    pointer: '/item/title',
  },
  'the tool that a model asks for': {
    recording: calls('read_transcript', { from: 0, to: 0 }),
    class: 'other-tool-asked',
    at: 'topics.0.chat.1',
  },
  'the arguments that a model gives': {
    recording: calls('lookup_taxonomy', { by: 'name', query: 'Weaving' }),
    class: 'other-arguments',
    at: 'topics.0.chat.1',
    pointer: '/messages/3/toolCalls/0/args/query',
  },
  'how long an answer may be': {
    recording: (whole) => ({
      ...whole,
      configuration: {
        ...whole.configuration,
        settings: { ...whole.configuration.settings, limits: { rounds: null, maxOutputTokens: 99 } },
      },
    }),
    class: 'model-or-parameters-changed',
    at: 'attributes.0.chat.0',
    pointer: '/maxOutputTokens',
  },
}

describe('a replay of changed code', () => {
  const embedder = fakeEmbedder()

  it('is identical where nothing was changed, also with segments and results that others have used', async () => {
    const memoised = memoisedAnalysis()
    for (const analyses of [analysis, memoised, memoised])
      for (const derived of [true, false]) {
        const deps = { embedder, analysis: analyses, graph: graphWith({}) }
        expect(await replayed(recording, deps, { derived })).toMatchObject({ identical: true, divergences: [] })
      }
  })

  it.each(Object.entries(MUTATIONS))('names first: %s', async (_, mutation) => {
    const { graph = {}, deps = {}, options = {}, recording: change = (whole: Recording) => whole } = mutation
    for (const nearest of [false, true]) {
      const report = await replayed(
        change(recording),
        { embedder, graph: graphWith(graph), ...deps },
        { ...options, nearest },
      )
      const [first] = report.divergences
      expect(report.identical).toBe(false)
      const at = first?.exchange ?? (first?.node == null ? null : `${first.node}.${first.visit}`)
      expect({ class: first?.class, at }).toEqual({ class: mutation.class, at: mutation.at })
      if (mutation.pointer !== undefined)
        expect(first?.differences.map(({ pointer }) => pointer)).toContain(mutation.pointer)
    }
  })
})
