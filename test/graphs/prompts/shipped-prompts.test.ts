import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { critique } from '../../../graphs/agents/critic.ts'
import { AGENTS } from '../../../graphs/agents/registry.ts'
import { transcriptChoice } from '../../../graphs/agents/transcript-choice.ts'
import { promptLibrary } from '../../../graphs/prompts/load.ts'
import { ATTRIBUTES } from '../../../src/content/labels/attribute-label.ts'
import { EntityType } from '../../../src/content/labels/entity-label.ts'
import { Prevalence, Treatment } from '../../../src/content/labels/suitability-label.ts'
import { estimateTokens } from '../../../src/models/tokens.ts'
import { GARM, loadTaxonomies } from '../../../src/taxonomy/taxonomy.ts'

const library = promptLibrary()
const answers: Record<string, z.ZodType> = Object.fromEntries(
  [...AGENTS, critique, transcriptChoice([])].map(({ name, answer }) => [name, answer]),
)
const tasks = library.promptVersions().filter((id) => !id.startsWith('shared/'))
const wordsIn = (text: string) => text.split(/\s+/).length

it('there is a prompt for every agent', () => {
  expect(new Set(tasks.map((id) => library.load(id).agent))).toEqual(new Set(Object.keys(answers)))
})

it.each(library.promptVersions().filter((id) => id.startsWith('shared/')))('%s is short and has no places', (id) => {
  const { text, placeholders } = library.load(id).template
  expect(placeholders).toEqual([])
  expect(wordsIn(text)).toBeLessThan(350)
})

describe.each(tasks)('%s', (id) => {
  const { agent, template } = library.load(id)

  it('shows answers that its own schema accepts', () => {
    const examples = [...template.text.matchAll(/```json\n(.*?)\n```/gs)].map(([, json = '']) => json)
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples)
      expect(answers[agent]?.safeParse(JSON.parse(example))).toMatchObject({ success: true })
  })

  it('fits into a small model beside a transcript', () => {
    expect(wordsIn(template.text)).toBeLessThan(700)
    expect(estimateTokens(template.text)).toBeLessThan(1200)
  })

  it('puts the findings and the last instructions after all data, and names the tool for the answer', () => {
    expect(template.placeholders).toEqual(['reading', 'metadata', 'candidates', 'findings'])
    expect(template.text.slice(template.text.indexOf('{{findings}}'))).toContain(`call \`submit_${agent}\` once`)
  })
})

describe('the values that prompts name are those that answers accept', () => {
  const text = (agent: string) =>
    library.load(tasks.filter((id) => id.startsWith(`${agent}/`)).at(-1) ?? '').template.text

  it.each([
    [
      'suitability',
      [
        ...loadTaxonomies()
          .get(GARM)
          .nodes.map(({ id }) => id),
        ...Prevalence.options,
        ...Treatment.options,
      ],
    ],
    ['entities', EntityType.options],
    ['attributes', [...Object.keys(ATTRIBUTES), ...Object.values(ATTRIBUTES).flat()]],
  ])('%s', (agent, values) => {
    for (const value of values) expect(text(agent)).toContain(`\`${value}\``)
  })
})
