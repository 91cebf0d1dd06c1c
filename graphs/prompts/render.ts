import { clip } from '../../src/content/text/clip.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import type { ToldFinding } from '../../src/content/understanding-schema.ts'
import type { ChatMessage } from '../../src/models/chat-model.ts'
import type { Prompt } from './load.ts'
import type { Metadata } from './metadata.ts'

const MAX_STRING = 6_000
const MAX_LIST = 100
const MAX_ENTRY = 200

export interface PromptParts {
  /** The system text that all agents share, and the agent's own prompt. */
  shared: Prompt
  prompt: Prompt
  /** The transcript block, or the result of `renderOutline` with `outline`. Empty if there is no transcript. */
  transcriptBlock: string
  outline?: boolean
  /** What the agent may read of the item's metadata. The prompt's own `reads` narrows it further. */
  metadata: Metadata
  candidates: readonly unknown[]
  /** More that the task needs, for example how many chapters are wanted. */
  facts?: Readonly<Record<string, unknown>>
  findings: readonly ToldFinding[]
  /** The agent's labels of the round that the findings are about, in the order that pointers count in. */
  previous?: unknown
}

/**
 * The messages of an agent's first turn. First comes the shared system text. Then comes the transcript as a message of its own: both are
 * the same for all agents of an item, byte for byte, so that a provider's prefix cache holds for both. The task comes last, so that the
 * instructions follow the data. Everything that comes from content stands between fences.
 */
export function renderMessages(parts: PromptParts): ChatMessage[] {
  const { shared, prompt, transcriptBlock, outline = false } = parts
  const transcript: ChatMessage[] =
    transcriptBlock === ''
      ? []
      : [{ role: 'user', content: fence(outline ? 'outline' : 'transcript', transcriptBlock) }]
  const task = prompt.template.fill({
    reading: transcriptNote(transcriptBlock, outline),
    metadata: metadataSection(parts),
    candidates: candidatesSection(parts),
    findings: findingsSection(parts),
  })
  return [{ role: 'system', content: shared.template.fill({}) }, ...transcript, { role: 'user', content: task }]
}

function transcriptNote(block: string, outline: boolean): string {
  if (block === '') return 'There is no transcript above: what you may know of this item stands below.'
  if (!outline) return 'The whole transcript stands above.'
  return 'The transcript is too long to stand here whole: above is an outline with the first words of segments. Find passages with search_transcript and read them with read_transcript before you decide; rest a label only on segments that you have read.'
}

function metadataSection({ prompt, metadata }: PromptParts): string {
  const { reads } = prompt
  const shown = Object.entries(metadata).filter(
    ([key, value]) => value !== null && value !== '' && (reads === undefined || reads.includes(key)),
  )
  if (shown.length === 0) return 'None is declared.'
  return dataFence('metadata', [Object.fromEntries(shown.map(([key, value]) => [key, boundValue(value)]))])
}

/** Publishers put whole newsletters into descriptions. What is shown is bounded, whatever the model's budget. */
function boundValue(value: Metadata[string]): Metadata[string] {
  if (typeof value === 'string') return clip(value, MAX_STRING)
  return Array.isArray(value) ? value.slice(0, MAX_LIST).map((entry) => clip(entry, MAX_ENTRY)) : (value ?? null)
}

function candidatesSection({ candidates, facts = {} }: PromptParts): string {
  const lines = [
    ...(Object.keys(facts).length === 0 ? [] : [dataFence('facts', [facts])]),
    candidates.length === 0 ? 'There are none.' : dataFence('candidates', candidates),
  ]
  return lines.join('\n')
}

function findingsSection({ findings, previous, prompt }: PromptParts): string {
  if (findings.length === 0) return 'There are no findings yet: this is the first round.'
  const shown = findings.map(({ by, agent, pointer, severity, message }) => ({ by, agent, pointer, severity, message }))
  const own = shown.filter(({ agent }) => agent === prompt.agent)
  const others = shown.filter(({ agent }) => agent !== prompt.agent)
  const lines: string[] = []
  if (own.length > 0)
    lines.push(
      'Your earlier answer was checked. Act on each finding: "drop" means leave it out; "revise" and "contest" mean look again, then mend it, support it better, or leave it out. "info" asks for nothing. The message names the label that is meant. Submit the whole answer again, with what was right unchanged.',
      dataFence('findings', own),
    )
  if (own.length > 0 && previous !== undefined)
    lines.push('Pointers count in these labels of your earlier answer:', dataFence('earlier', [previous]))
  if (others.length > 0)
    lines.push(
      'Already found by program in the labels of other analysts; do not repeat it:',
      dataFence('findings', others),
    )
  return lines.join('\n')
}

/**
 * Puts text between marks that carry the text's own hash. The author of the text cannot write its mark, because the mark changes with
 * every character of the text.
 */
function fence(name: 'transcript' | 'outline', body: string): string {
  const mark = `${name} sha256=${sha256(body).slice('sha256:'.length, 'sha256:'.length + 16)}`
  return `<${mark}>\n${body}\n</${mark}>`
}

/**
 * Values as lines of JSON between `<data name=…>` marks. `<` and line ends are escaped inside JSON strings, so no value can end the fence
 * or begin a line.
 */
function dataFence(name: string, values: readonly unknown[]): string {
  return [`<data name=${name}>`, ...values.map(jsonLine), '</data>'].join('\n')
}

function jsonLine(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return (JSON.stringify(value) ?? 'null').replace(/[<\u0085\u2028\u2029]/g, escaped)
}
