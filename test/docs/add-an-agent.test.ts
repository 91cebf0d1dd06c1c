import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../graphs/agents/registry.ts'
import { runAgent } from '../../graphs/agents/run-agent.ts'
import { PLACEHOLDERS } from '../../graphs/prompts/load.ts'
import { parseTemplate } from '../../graphs/prompts/template.ts'
import { createScriptedModel } from '../../src/models/scripted-model.ts'
import { createAnalysisPool } from '../../src/signals/analysis-pool.ts'
import { depsFor } from '../tools/tool-deps.ts'
import { glossary } from './glossary.ts'
import { codeBlocks } from './read-page.ts'

const GUIDE = 'docs/guides/add-an-agent.md'

// No thread is started before the first job.
const analysis = createAnalysisPool({ threads: 1 })
afterAll(() => analysis.close())

async function answer(...answers: { term: string; segment: number }[][]) {
  const { reading, taxonomies } = await depsFor([
    { text: 'Today the tides.' },
    { text: 'A neap tide is the weak one, at half moon.' },
  ])
  const model = createScriptedModel(
    answers.map((terms, n) => ({ toolCalls: [{ id: `c${n}`, name: 'submit_glossary', args: { terms } }] })),
  )
  const prepared = await glossary.prepare({
    claims: [],
    reading,
    metadata: {},
    declaredTopics: [],
    taxonomies,
    analysis,
  })
  const conclusion = await runAgent({
    name: glossary.name,
    answer: glossary.answer,
    check: prepared.check,
    model,
    messages: [{ role: 'user', content: 'Your task: glossary' }],
    task: {},
    tools: [],
    limits: glossary.limits,
    maxOutputTokens: null,
    signal: new AbortController().signal,
  })
  return { model, conclusion }
}

describe('the agent of the guide "Add an agent"', () => {
  it('stands in the guide as it is tested here', () => {
    const agent = readFileSync('test/docs/glossary.ts', 'utf8')
      .replaceAll('../../graphs/agents/', './')
      .replaceAll("'./glossary-label.ts'", "'../../src/content/labels/glossary-label.ts'")
    const label = readFileSync('test/docs/glossary-label.ts', 'utf8')
      .replaceAll('../../src/content/labels/', './')
      .replaceAll('../../src/content/text/', '../text/')
    const blocks = codeBlocks(GUIDE, 'ts').map(parts)
    expect(blocks).toContainEqual(parts(agent))
    expect(blocks).toContainEqual(parts(label))
  })

  it('has a prompt in the guide that places what a prompt has to place', () => {
    const [prompt = ''] = codeBlocks(GUIDE, 'md')
    const body = /^---\nagent: glossary\n.*?\n---\n(.*)$/s.exec(prompt)?.[1] ?? ''
    expect(parseTemplate(body, PLACEHOLDERS)).toMatchObject({ ok: true })
  })

  it('points at the transcript, and names a term once', async () => {
    const { conclusion } = await answer([
      { term: 'neap tide', segment: 1 },
      { term: 'Neap Tide', segment: 1 },
    ])
    expect(conclusion).toMatchObject({
      kind: 'answered',
      result: {
        facet: 'glossary',
        labels: [{ key: 'neap tide', term: 'Neap Tide', refs: [{ source: 'transcript', segment: 1 }] }],
      },
    })
  })

  it('sends a term back that its segment does not say', async () => {
    const { model, conclusion } = await answer([{ term: 'spring tide', segment: 1 }], [])
    expect(conclusion).toMatchObject({ kind: 'answered', result: { labels: [] }, trail: { rejected: 1 } })
    expect(JSON.stringify(model.requests[1]?.messages)).toContain('segment 1 does not say')
  })

  it('shows the registry as it is with the agent added', () => {
    // Who has followed the guide has it already.
    const shipped: readonly string[] = AGENT_NAMES
    const names = [...shipped.filter((name) => name !== 'glossary'), 'glossary']
    expect(codeBlocks(GUIDE, 'ts')).toContain(`export const AGENTS = [${names.join(', ')}] as const`)
  })
})

/** The imports of a file without their order, which follows from where it stands, and the rest. */
function parts(code: string): { imports: string[]; rest: string } {
  const [imports = '', ...rest] = code.trim().split('\n\n')
  return { imports: imports.split('\n').sort(), rest: rest.join('\n\n') }
}
