import type { Understanding } from '../../content/understanding-schema.ts'
import type { Sentence, Why } from './why-answer.ts'

/** A `Why` without its story. */
export type Facts = Omit<Why, 'story'>

type Critique = Pick<Understanding['critique'], 'verdict'> & { abstained: boolean }

/** A longer quotation tells a reader of a story nothing more. */
const MAX_QUOTE = 160

/** The answer in plain sentences, in the order in which things happened. */
export function storyOf(why: Facts, critique: Critique): Sentence[] {
  return [
    ...openingSentences(why),
    ...publisherSentences(why),
    ...proposalSentences(why),
    ...toolSentences(why),
    ...judgementSentences(why, critique),
    ...decisionSentences(why),
    ...why.missing.map((text) => sentence(text)),
  ]
}

const sentence = (text: string, at: { run?: string; exchange?: string } = {}): Sentence => ({
  text,
  run: at.run ?? null,
  exchange: at.exchange ?? null,
})

function openingSentences({ facet, name, version, evidence, run }: Facts): Sentence[] {
  const words = facet === 'chapters' ? '' : ` It rests on ${count(evidence.length, 'quote')}.`
  return [
    sentence(`“${clip(name)}” stands in version ${version} (${facet}).${evidence.length === 0 ? '' : words}`, { run }),
  ]
}

function publisherSentences({ declared }: Facts): Sentence[] {
  switch (declared?.source) {
    case undefined:
      return []
    case 'item':
      return [sentence(`The publisher says so, in the item itself (${declared.pointer}); no model was asked.`)]
    case 'chapters-file':
      return [sentence('The publisher says so, in the file of chapters that the item names; no model was asked.')]
    case 'headings':
      return [sentence('The publisher says so, with a heading in the transcript; no model was asked.')]
    case 'unknown':
      return [sentence('The publisher says so; no model was asked.')]
  }
}

function proposalSentences({ proposed, reused, madeBy }: Facts): Sentence[] {
  if (proposed === null) return []
  const { agent, model, prompt, exchange, run, round, wrote, offered } = proposed
  const by = [model ?? 'its model', prompt === null ? '' : `with the prompt ${prompt}`].filter(Boolean).join(' ')
  return [
    ...(reused
      ? [
          sentence(`The facet was reused from run ${madeBy}: nothing that it depends on had changed since.`, {
            ...(madeBy === null ? {} : { run: madeBy }),
          }),
        ]
      : []),
    sentence(
      `The ${agent} agent proposed it${round === 0 ? '' : ` in revision ${round}`} (${by}), in ${exchange}. It wrote ${clip(JSON.stringify(wrote))}`,
      { run, exchange },
    ),
    sentence(
      offered === null
        ? 'Its prompt did not offer the label: the model came to it by itself.'
        : `Its prompt offered the label as a candidate${scoreText(offered)}${hintText(offered)}.`,
      { run, exchange },
    ),
  ]
}

function scoreText(offered: Why['label']): string {
  const score = typeof offered === 'object' && offered !== null && 'score' in offered ? offered.score : undefined
  return typeof score === 'number' ? `, measured at ${score}` : ''
}

/** A category of the publisher is a hint to the agent, and a reader who asks why a label is there wants to know of it. */
function hintText(offered: Why['label']): string {
  const declared = typeof offered === 'object' && offered !== null && 'declared' in offered && offered.declared === true
  return declared ? ", and marked as one that the publisher's categories name" : ''
}

function toolSentences({ seen, proposed }: Facts): Sentence[] {
  if (proposed === null) return []
  if (seen.length === 0) return [sentence('It had asked no tool before that.')]
  // An editor wants to read the results that name the label. For the others it is enough to say that there were some.
  const telling = seen.filter(({ names, rejected }) => names || rejected !== null)
  const others = seen.length - telling.length
  return [
    ...telling.map(({ tool, run, exchange, rejected, arguments: given }) => {
      const what = rejected === null ? 'and the result names the label' : `which was rejected: ${clip(rejected)}`
      return sentence(`Before that it had called ${tool} with ${clip(JSON.stringify(given))}, ${what}.`, {
        run,
        exchange,
      })
    }),
    ...(others === 0
      ? []
      : [
          sentence(
            `It had called ${count(others, telling.length === 0 ? 'tool' : 'other tool')}; what came back does not name the label.`,
          ),
        ]),
  ]
}

function judgementSentences({ facet, origin, findings, revisions }: Facts, critique: Critique): Sentence[] {
  const rounds = [...new Set([...findings, ...revisions].map(({ round }) => round))].sort((a, b) => a - b)
  const roundSentences = rounds.flatMap((round) => [
    ...revisions
      .filter((one) => one.round === round)
      .map(({ how, run, exchange, differences }) => sentence(REVISED[how](round, differences), { run, exchange })),
    ...findings
      .filter((one) => one.round === round && one.about === 'label')
      .map(({ by, severity, message, run }) =>
        sentence(`${by === 'verify' ? 'The verifier' : 'The critic'} found (${severity}): ${message}`, { run }),
      ),
  ])
  const others = findings.filter(({ about }) => about === 'facet').length
  return [
    ...roundSentences,
    ...(findings.some(({ about }) => about === 'label') || origin === 'publisher'
      ? []
      : [sentence(unchallenged(facet, critique))]),
    ...(others === 0 ? [] : [sentence(`They found ${count(others, 'thing')} in other labels of the same answer.`)]),
  ]
}

function unchallenged(facet: Why['facet'], { verdict, abstained }: Critique): string {
  if (facet === 'chapters') return 'Chapters have no quotes: verifier and critic do not judge them.'
  if (abstained) return 'The verifier found its words in the text; the critic was asked and gave no answer.'
  return verdict === 'skipped'
    ? 'The verifier found its words in the text; the critic was not asked.'
    : 'Neither verifier nor critic found anything against it.'
}

type Revised = Why['revisions'][number]

const REVISED: Record<Revised['how'], (round: number, differences: Revised['differences']) => string> = {
  added: (round) => `It was not in the first answer: revision ${round} brought it in.`,
  changed: (round, differences) =>
    `Revision ${round} changed it: ${differences.map(({ pointer }) => pointer || 'all of it').join(', ')}.`,
  kept: (round) => `Revision ${round} left it as it was.`,
  dropped: (round) => `Revision ${round} left it out.`,
}

function decisionSentences({ decision }: Facts): Sentence[] {
  if (decision === null) return []
  const { action, by, at, note, applied } = decision
  const what = { approve: 'approved', amend: 'amended', reject: 'rejected' }[action]
  const lasting = applied
    ? 'The decision stands over all later versions.'
    : 'That was after this version was published.'
  return [sentence(`${by} ${what} it on ${at.slice(0, 10)}${note === null ? '' : `: “${clip(note)}”`}. ${lasting}`)]
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MAX_QUOTE ? line : `${line.slice(0, MAX_QUOTE).replace(/[\uD800-\uDBFF]$/, '')}…`
}
