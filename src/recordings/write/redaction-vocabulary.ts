import { z } from 'zod'
import { ItemKind } from '../../content/item.ts'
import { SegmentRole } from '../../content/transcript/segments.ts'
import type { Recording } from '../recording.ts'
import type { NamedBlobs } from '../recording-bodies.ts'
import { Frame } from '../recording-format.ts'

/** The words in a recording that are the product's own, not an item's. They stay when texts are left out. */
export interface Vocabulary {
  /** The names of members. */
  keys: ReadonlySet<string>
  /** The strings that a member may have, by the name of the member. */
  values: ReadonlyMap<string, ReadonlySet<string>>
}

/** The names of members in bodies of exchanges and in state updates that are in no schema of the format. */
const KEYS =
  '$blob $schema abstained accept action additionalProperties again anyOf args assembled assistant at body cached callId candidates chars ' +
  'chosen considered contentType content count counts current data decisions declared default drafts drifted enum error etag exclusiveMinimum ' +
  'facet facets findings fingerprint finish input intakeHash itemId items judgement key labels lastModified limit maxBytes ' +
  'maxItems maxLength maximum message messages method minItems minLength minimum missing model name nearby neighbours note ' +
  'nullable origin output outcome parameters pattern planned previous problems promptTokens properties published query quote ' +
  'reading reason refs rejected required response retries reused revise role roles round rounds run runId score segment ' +
  'segmentation segmenter short space status system task maxOutputTokens textHash timed tokens tool toolCalls ' +
  'toolChoice tools topics transcriptOrigin unavailable unit unrevised usage user validators value vector verification waitedMs why'

/** The same for strings, by the name of the member that has them. */
const VALUES: Readonly<Record<string, string>> = {
  role: 'system user assistant tool',
  finish: 'stop tool_calls length filtered other',
  toolChoice: 'auto required',
  type: 'text image string number integer boolean object array null',
  status: 'answered abstained complete partial',
  outcome: 'unchanged',
  action: 'run reuse skip approve amend reject',
  why: 'first changed requested',
  path: 'full metadata',
  reading: 'whole outline',
  method: 'GET HEAD',
  verdict: 'accepted revise contested skipped',
  error: 'Error TypeError ModelError FetchError Refused SimilarityUnavailable SimilarityRefused MissingCollection',
  kind:
    'bad_url forbidden_address unreachable timeout too_large too_many_redirects content_type http_status disabled ' +
    'unauthorised rate_limited bad_request server malformed',
  engine: 'extractive/1',
  taxonomy: 'iab-content-3.1 apple-podcasts garm',
}

const split = (words: string): string[] => words.split(' ')

interface Learnt {
  keys: Set<string>
  values: Map<string, Set<string>>
}

function allow({ values }: Learnt, key: string, words: Iterable<string>): void {
  const known = values.get(key) ?? new Set()
  for (const word of words) known.add(word)
  values.set(key, known)
}

/** Learns the members and fixed strings of a JSON Schema. */
function learnSchema(schema: unknown, learnt: Learnt): void {
  if (Array.isArray(schema)) for (const entry of schema) learnSchema(entry, learnt)
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
  for (const [name, entry] of Object.entries('properties' in schema ? (schema.properties ?? {}) : {})) {
    learnt.keys.add(name)
    allow(learnt, name, fixedStrings(entry))
  }
  for (const entry of Object.values(schema)) learnSchema(entry, learnt)
}

/** The strings that a schema lists for a member, in its alternatives and its entries too. */
function fixedStrings(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const listed = 'enum' in schema && Array.isArray(schema.enum) ? schema.enum : []
  const fixed = 'const' in schema ? [schema.const] : []
  const inside = ['anyOf', 'oneOf', 'items'].flatMap((key) => Object.entries(schema).filter(([name]) => name === key))
  return [
    ...[...listed, ...fixed].filter((entry) => typeof entry === 'string'),
    ...inside.flatMap(([, entry]) => (Array.isArray(entry) ? entry.flatMap(fixedStrings) : fixedStrings(entry))),
  ]
}

let general: Learnt | undefined

/** The words of the format itself. They are collected once per process. */
function ofTheFormat(): Learnt {
  if (general !== undefined) return general
  general = { keys: new Set([...split(KEYS), ...SegmentRole.options, ...ItemKind.options]), values: new Map() }
  learnSchema(z.toJSONSchema(Frame, { io: 'output', unrepresentable: 'any' }), general)
  for (const [key, words] of Object.entries(VALUES)) allow(general, key, split(words))
  return general
}

const Tools = z.looseObject({
  tools: z.array(z.looseObject({ name: z.string(), parameters: z.looseObject({}) })),
})

/**
 * The vocabulary of a recording: the words of the format, and the recording's own names that are code or configuration. These are nodes,
 * agents, models, prompts, the tools that were offered with their parameters, and the taxonomy nodes that were published.
 */
export function vocabularyOf(recording: Recording, { bodies }: NamedBlobs): Vocabulary {
  const { keys, values } = ofTheFormat()
  const learnt: Learnt = {
    keys: new Set(keys),
    values: new Map([...values].map(([key, words]) => [key, new Set(words)])),
  }
  const { run, configuration, document, exchanges, steps } = recording
  const { prompts, engine, ports } = configuration.settings
  const nodes = [
    ...[...steps, ...exchanges].map(({ node }) => node),
    ...Object.keys(prompts),
    ...Object.keys(ports.models),
  ]
  for (const node of nodes) learnt.keys.add(node)
  for (const key of ['node', 'agent', 'facet', 'revise']) allow(learnt, key, nodes)
  const models = [...Object.values(ports.models), ports.secondOpinion].flatMap((model) => model?.name ?? [])
  for (const key of ['model', 'engine']) allow(learnt, key, [...models, engine])
  allow(learnt, 'prompt', Object.values(prompts))
  if (ports.embedder !== null) allow(learnt, 'space', [ports.embedder.space])
  if (ports.transcriber !== null) allow(learnt, 'transcriber', [ports.transcriber])
  for (const key of ['run', 'runId']) allow(learnt, key, [run.id])
  for (const { taxonomy, id, name, path } of document?.topics ?? []) {
    allow(learnt, 'taxonomy', [taxonomy])
    allow(learnt, 'id', [id])
    allow(learnt, 'name', [name])
    allow(learnt, 'path', path)
  }
  for (const { category, name } of document?.suitability ?? []) {
    allow(learnt, 'category', [category])
    allow(learnt, 'name', [name])
  }
  if (document !== null) allow(learnt, 'graph', [document.provenance.graph])
  for (const { kind, request } of exchanges) if (kind === 'chat') learnTools(bodies.get(request), learnt)
  return learnt
}

/** Tools are code, so their names and parameters stay. Their descriptions are prompts and do not. */
function learnTools(json: string | undefined, learnt: Learnt): void {
  const { tools = [] } = Tools.safeParse(JSON.parse(json ?? 'null')).data ?? {}
  for (const { name, parameters } of tools) {
    allow(learnt, 'name', [name])
    const own: Learnt = { keys: learnt.keys, values: new Map() }
    learnSchema(parameters, own)
    allow(learnt, 'required', own.values.keys())
  }
}
