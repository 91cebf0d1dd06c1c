import { z } from 'zod'
import { Evidence } from '../../content/evidence/evidence.ts'
import { ATTRIBUTE_NAMES } from '../../content/labels/attribute-label.ts'
import { type AnyLabelType, LABEL_TYPES } from '../../content/labels/label-types.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import { place, quotes } from './render-evidence.ts'
import { totalText } from './run-words.ts'
import { bar, clock, duration, padEnd, paragraph, safe, truncate, width } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

interface Canvas {
  style: Style
  columns: number
  /** The titles of similar items by id. An item without a title is shown by its id. */
  titles: ReadonlyMap<string, string>
}

const INDENT = '  '
const MOST_ENTITIES = 15

type Section = (document: Understanding, canvas: Canvas) => string[]

/** Facets that are shown in a way of their own, in the order in which people read them. */
const SECTIONS = new Map<string, Section>([
  ['summary', summary],
  ['topics', topics],
  ['chapters', chapters],
  ['entities', entities],
  ['suitability', suitability],
  ['attributes', attributes],
])

/** Shows people an understanding: what it says, the words that support each label, and where it comes from. */
export function understandingTable(
  document: Understanding,
  canvas: Canvas,
  types: readonly AnyLabelType[] = LABEL_TYPES,
): string {
  const shownFirst = [...SECTIONS.keys()].flatMap((name) => types.filter(({ facet }) => facet === name))
  const others = types.filter(({ facet }) => !SECTIONS.has(facet))
  const sections: [string, string[]][] = [
    ...[...shownFirst, ...others].map((type): [string, string[]] => [
      type.title,
      SECTIONS.get(type.facet)?.(document, canvas) ?? labels(type, document, canvas),
    ]),
    ['Similar', similar(document, canvas)],
    ['Not answered', abstentions(document, canvas)],
    ['Provenance', provenance(document, canvas)],
  ]
  const shown = sections.filter(([, lines]) => lines.length > 0)
  return `\n${[headline(document, canvas), ...shown.map(([title, lines]) => `${canvas.style.accent(title)}\n${lines.join('\n')}`)].join('\n\n')}\n\n`
}

function headline({ item, status, version }: Understanding, { style, columns }: Canvas): string {
  const { title, kind, parent, durationMs, language } = item
  const show = [parent?.title, parent?.publisher].filter((part) => part !== undefined).map(safe)
  const facts = [
    kind.replaceAll('_', ' '),
    show.length === 2 ? `${show[0]} (${show[1]})` : (show[0] ?? ''),
    durationMs === null ? '' : clock(durationMs),
    language ?? '',
    `version ${version}`,
  ]
  const state = status === 'complete' ? style.good('complete') : style.warn('partial')
  const name = paragraph(safe(title) || '(without title)', { indent: '', columns }).map((line) => style.bold(line))
  return [...name, `${style.dim(facts.filter(Boolean).join(' · '))} ${style.dim('·')} ${state}`].join('\n')
}

function summary({ summary }: Understanding, { style, columns }: Canvas): string[] {
  if (summary === null) return []
  const lines = paragraph(safe(summary.short), { indent: INDENT, columns })
  for (const { text, evidence } of summary.claims) {
    lines.push(...paragraph(safe(text), { indent: '    ', columns, first: `  ${style.accent('•')} ` }))
    const [first] = evidence
    // A claim in the item's own words needs only its place.
    if (first?.quote !== undefined && bareWords(first.quote) === bareWords(text))
      lines.push(style.dim(`    ${place(first)}`))
    else lines.push(...quotes(evidence, { style, columns, indent: '    ' }))
  }
  return lines.filter((line) => line.trim() !== '')
}

const bareWords = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

function topics({ topics }: Understanding, { style, columns }: Canvas): string[] {
  return topics.flatMap(({ taxonomy, id, path, name, score, contested, origin, evidence }) => {
    const full = (path.length > 0 ? path : [name]).map(safe).join(' › ')
    const tail = style.dim(`${taxonomy} ${id}${originMarks({ contested, origin })}`)
    return [
      `  ${style.good(bar(score, 8))} ${score.toFixed(2)}  ${style.bold(full)}  ${tail}`,
      ...quotes(evidence, { style, columns, indent: ' '.repeat(17) }),
    ]
  })
}

/** What distinguishes a label from an uncontested label of a model. */
function originMarks({ contested, origin }: { contested?: boolean; origin: string }): string {
  return `${origin === 'model' ? '' : ` · by the ${origin}`}${contested === true ? ' · contested' : ''}`
}

function chapters({ chapters }: Understanding, { style, columns }: Canvas): string[] {
  const times = chapters.map(({ startMs, timing }) => `${timing === 'interpolated' ? '~' : ''}${clock(startMs)}`)
  const timed = chapters.some(({ startMs }) => startMs !== null)
  const cells = Math.max(4, ...times.map((time) => time.length))
  return chapters.map(({ title, firstSegment, lastSegment, origin }, n) => {
    const when = timed ? (times[n] ?? '') : firstSegment === null ? '' : `${firstSegment}–${lastSegment}`
    const whose = style.dim(originMarks({ origin }))
    return `  ${style.dim(when.padStart(cells))}  ${truncate(safe(title), columns - cells - 24)}${whose}`
  })
}

function entities({ entities }: Understanding, { style, columns }: Canvas): string[] {
  const shown = entities.slice(0, MOST_ENTITIES)
  const cells = Math.min(36, Math.max(8, ...shown.map(({ name }) => width(safe(name)))))
  const lines = shown.flatMap(({ name, type, mentions, contested, origin, evidence }) => [
    `  ${style.bold(padEnd(truncate(safe(name), cells), cells))}  ${padEnd(type, 12)} ${style.dim(`×${mentions}${originMarks({ contested, origin })}`)}`,
    ...quotes(evidence, { style, columns, indent: '    ' }),
  ])
  const rest = entities.length - shown.length
  return rest > 0 ? [...lines, style.dim(`  and ${rest} more; --json has them all`)] : lines
}

function suitability({ suitability, abstentions }: Understanding, { style, columns }: Canvas): string[] {
  if (suitability.length === 0) {
    const abstained = abstentions.some(({ facet }) => facet.startsWith('suitability'))
    return abstained ? [] : [style.dim('  nothing sensitive was found')]
  }
  const paint = { floor: style.bad, high: style.bad, medium: style.warn, low: style.good }
  return suitability.flatMap(({ name, risk, prevalence, treatment, score, contested, origin, evidence }) => [
    `  ${paint[risk](padEnd(risk, 6))}  ${style.bold(safe(name))}  ${style.dim(`${prevalence}, ${treatment} · ${score.toFixed(2)}${originMarks({ contested, origin })}`)}`,
    ...quotes(evidence, { style, columns, indent: ' '.repeat(10), most: 2 }),
  ])
}

function attributes({ attributes }: Understanding, { style, columns }: Canvas): string[] {
  return ATTRIBUTE_NAMES.flatMap((name) => {
    const label = attributes[name]
    if (label === undefined) return []
    const { value, score, contested, origin, evidence } = label
    return [
      `  ${padEnd(name, 9)} ${style.bold(value)}  ${style.dim(`${score.toFixed(2)}${originMarks({ contested, origin })}`)}`,
      ...quotes(evidence, { style, columns, indent: ' '.repeat(12) }),
    ]
  })
}

const Quoted = z.object({ evidence: z.array(Evidence) }).catch({ evidence: [] })

/** The labels of a facet that has no section of its own. */
function labels(type: AnyLabelType, document: Understanding, { style, columns }: Canvas): string[] {
  return type
    .published(document)
    .flatMap(({ fields, value }) => [
      ...paragraph(safe(type.name(fields)), { indent: '    ', columns, first: INDENT }).map((line) => style.bold(line)),
      ...quotes(Quoted.parse(value).evidence, { style, columns, indent: '    ' }),
    ])
}

function similar({ item, similar, duplicateOf }: Understanding, { style, titles }: Canvas): string[] {
  const shown = [item.title, ...similar.map(({ itemId }) => titles.get(itemId))]
  const name = (id: string) => {
    const title = titles.get(id) ?? ''
    if (title === '') return safe(id)
    // If items share a title, only the id distinguishes them.
    const isShared = shown.indexOf(title) !== shown.lastIndexOf(title)
    return isShared ? `${safe(title)} ${style.dim(safe(id))}` : safe(title)
  }
  const lines = similar.map(
    ({ itemId, score }) => `  ${style.good(bar(score, 8))} ${score.toFixed(2)}  ${name(itemId)}`,
  )
  return duplicateOf === null ? lines : [style.warn(`  a near-duplicate of ${name(duplicateOf)}`), ...lines]
}

/** What is missing and why, one line for each reason. An endpoint that does not answer affects all facets at once. */
export function abstentionLines({ abstentions }: Pick<Understanding, 'abstentions'>): string[] {
  const facets = new Map<string, string[]>()
  for (const { facet, reason } of abstentions) facets.set(reason, [...(facets.get(reason) ?? []), facet])
  return [...facets].map(([reason, names]) => `${names.join(', ')}: ${safe(reason)}`)
}

function abstentions(document: Understanding, { style, columns }: Canvas): string[] {
  return abstentionLines(document).flatMap((line) =>
    paragraph(line, { indent: '    ', columns, first: INDENT }).map((part) => style.warn(part)),
  )
}

function provenance({ provenance, critique, item }: Understanding, { style, columns }: Canvas): string[] {
  const { engine, effort, ms, costUsd, runId, facets, notes } = provenance
  const { verbatim, drift, fabricated } = critique.evidence
  const reused = Object.values(facets).filter(({ run }) => run !== runId).length
  const tokens = Object.values(facets).reduce((sum, facet) => sum + facet.tokens.input + facet.tokens.output, 0)
  const estimated = Object.values(facets).some((facet) => facet.tokens.estimated === true)
  const facts = [
    `engine ${engine}`,
    `effort ${effort}`,
    duration(ms),
    totalText(tokens, estimated),
    costUsd === null || costUsd === 0 ? '' : `$${costUsd.toFixed(4)}`,
    `quotes: ${verbatim} verbatim, ${drift} mended, ${fabricated} refused`,
    `critique: ${critique.verdict}${critique.revisions === 0 ? '' : ` after ${critique.revisions} revisions`}`,
    reused === 0 ? '' : `${reused} facets reused`,
  ]
  return [
    ...paragraph(facts.filter(Boolean).join(' · '), { indent: INDENT, columns }),
    ...notes.flatMap((note) => paragraph(safe(note), { indent: '    ', columns, first: '  - ' })),
    `  item ${safe(item.id)} · linernotes trace ${runId}`,
  ].map((line) => style.dim(line))
}
