import { EntitiesAnswer } from '../../src/content/answers.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { foldName, mentionsOf } from '../../src/content/text/fold-name.ts'
import { checkEvidence } from '../../tools/check-evidence.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { defineAgent } from './define-agent.ts'
import { distinctRefs, evidenceProblems, score } from './evidence-problems.ts'

/** The people, organisations, places, works, products and events that are named. */
export const entities = defineAgent({
  name: 'entities',
  facet: 'entities',
  version: 7,
  reads: ['transcript', 'title', 'description'],
  prompt: 'entities/v1',
  tools: [searchTranscript, readTranscript, checkEvidence],
  answer: EntitiesAnswer,
  limits: { rounds: 5, toolCalls: 10 },
  offer: async ({ reading, analysis }) => ({ candidates: await analysis.entityCandidates(reading) }),
  problems: ({ entities }, { reading }) =>
    entities.flatMap((entity, n) => evidenceProblems(entity.evidence, `/entities/${n}`, reading)),
  conclude: ({ entities }, { reading }, { candidates }): FacetLabels => {
    const offered = new Map(candidates.map((candidate) => [foldName(candidate.name), candidate]))
    const seen = new Set<string>()
    const speakers = new Set(reading.segments.map(({ speaker }) => foldName(speaker ?? '')))
    const texts = ` ${foldName([reading.title, reading.description, reading.text].join('\n'))} `
    const labels = entities.flatMap(({ name, type, aliases, evidence }) => {
      const key = `${type}/${foldName(name)}`
      if (foldName(name) === '' || seen.has(key)) return []
      seen.add(key)
      const known = offered.get(foldName(name))
      const others = [...new Set([...aliases, ...(known?.aliases ?? [])])].filter(
        (alias) => foldName(alias) !== '' && alias !== name,
      )
      const mentions = [reading.title, reading.description, reading.text].flatMap((text) =>
        mentionsOf(text, [name, ...others]),
      ).length
      // Evidence shows the words of somebody who speaks. It names them only where their name, or a part of it, is said.
      const isSaid = mentions > 0 || [name, ...others].some((each) => texts.includes(` ${foldName(each)} `))
      if (speakers.has(foldName(name)) && !isSaid) return []
      return [
        {
          key,
          name,
          type,
          aliases: others,
          salience: 0,
          mentions,
          score: score(
            (known ? 0.6 * known.score : 0.2) + 0.2 * Math.min(1, mentions / 3) + (known?.type === type ? 0.2 : 0),
          ),
          contested: false,
          origin: 'model' as const,
          refs: distinctRefs(evidence),
        },
      ]
    })
    const most = Math.max(1, ...labels.map(({ mentions }) => mentions))
    return {
      facet: 'entities',
      labels: labels
        .map((label) => ({ ...label, salience: score(Math.log1p(label.mentions) / Math.log1p(most)) }))
        .sort((a, b) => b.salience - a.salience || a.key.localeCompare(b.key)),
    }
  },
})
