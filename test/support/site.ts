import type { OpenAPIHono } from '@hono/zod-openapi'
import { Item } from '../../src/content/item.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import { createApp } from '../../src/http/app.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import { type Service, TENANT } from '../../src/service.ts'
import { analysis, cast, openDesk, type Part, submits } from './desk.ts'
import { memoryService, silent } from './service.ts'
import { said, talk } from './talk.ts'

/** Markup that acts where a page takes text for markup: each part would set `window.hacked`, load something, or end an element. */
export const ATTACK =
  '</p></script><script>window.hacked=1</script><img src=x onerror="window.hacked=2"><svg onload="window.hacked=3"></svg>"\'><a href="javascript:window.hacked=4">x</a>'

export interface Site {
  app: OpenAPIHono
  service: Service
  /** Runs by what is special about them. */
  runs: { reviewed: string; attacked: string; offsets: string; failed: string }
  /** An item with as many words as are said in three hours; resolves when it is understood. */
  understandLong(id: string): Promise<string>
  /** Starts a run that waits for {@link Site.release}. */
  startSlow(id: string): Promise<string>
  release(): void
  close(): Promise<void>
}

/** The whole product with items of every sort, understood by models that play parts; one of them attacks whoever shows it. */
export async function openSite(): Promise<Site> {
  const base = await memoryService({ OPENAI_API_KEY: 'sk-of-a-test', LINERNOTES_EFFORT: 'thorough' })
  let release: () => void = () => undefined
  const released = new Promise<void>((done) => {
    release = done
  })
  const attributes: Part = async (request) => {
    if (JSON.stringify(request).includes('SLOWLY')) await released
    return submits('attributes', {})
  }
  const stage = cast({ ...PARTS, attributes })
  const desk = openDesk(base.database, {
    chat: stage.model,
    tenant: TENANT,
    deps: {
      defaultEffort: 'thorough',
      analysis: failing,
      live: base.live,
      writer: base.live.watching(createLedgerWriter(createLedgerStore(base.database))),
    },
  })
  const service: Service = { ...base, runs: desk.runs, fork: desk.fork, repositories: desk.repositories }
  const app = createApp({ service, log: silent, version: '1.2.3' })
  const understand = async (item: Item) => {
    const { id } = await desk.runs.submit(item)
    await desk.runs.wait(id)
    return id
  }
  const reviewed = await understand(talk())
  const attacked = await understand(attack)
  const offsets = await understand(talk({ id: 'offsets', title: 'No quotes', rights: 'offsets' }))
  await understand(Item.parse({ id: 'bare', kind: 'song', title: 'Nothing but a title' }))
  const failed = await understand(
    talk({ id: 'failing', title: 'A run that fails', transcripts: [{ text: `UNCUTTABLE ${said(1)}` }] }),
  )
  return {
    app,
    service,
    runs: { reviewed, attacked, offsets, failed },
    understandLong: (id) => understand(talk({ id, title: 'Three hours', transcripts: [{ text: threeHours() }] })),
    startSlow: async (id) => (await desk.runs.submit(talk({ id, transcripts: [{ text: `SLOWLY ${said(0)}` }] }))).id,
    release: () => release(),
    close: () => base.close(),
  }
}

const attack = Item.parse({
  id: `a/"<b>'&?#`,
  kind: 'podcast_episode',
  title: ATTACK,
  description: ATTACK,
  language: 'en',
  parent: { title: ATTACK, publisher: ATTACK },
  chapters: [{ startMs: 0, title: ATTACK }],
  durationMs: 90_000,
  transcripts: [
    {
      type: 'text/vtt',
      text: [
        'WEBVTT',
        `00:00.000 --> 00:30.000\n<v Eve &lt;script&gt;window.hacked=5&lt;/script&gt;>${said(0)}`,
        `00:30.000 --> 01:00.000\n<v Ada>${said(2)} ${ATTACK.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`,
      ].join('\n\n'),
    },
  ],
})

/** 27,000 words, no two paragraphs alike. */
function threeHours(): string {
  const parts = Array.from({ length: 450 }, (_, n) => `Part ${n} begins here. ${said(n % 4)}`)
  return parts.join('\n\n')
}

/** Cannot cut one text, so that its run fails. */
const failing: typeof analysis = {
  ...analysis,
  segment: (...args) =>
    args[0].text.includes('UNCUTTABLE') ? Promise.reject(new Error(ATTACK)) : analysis.segment(...args),
}

const quote = { segment: 0, quote: 'the chain of cards remembered the whole flower' }

const PARTS: Record<string, Part> = {
  // Prose first, then something that is no topic: both are sent back with what was wrong.
  topics: (_, times) => (times % 2 === 0 ? { content: ATTACK } : submits('topics', { topics: [] })),
  entities: () =>
    submits('entities', {
      entities: [
        { name: ATTACK, type: 'person', aliases: [ATTACK], evidence: [quote] },
        { name: 'Lyon', type: 'place', aliases: [], evidence: [{ segment: 0, quote: 'were built in Lyon' }] },
      ],
    }),
  summary: () => submits('summary', { claims: [{ text: ATTACK, short: true, evidence: [quote] }] }),
  suitability: () =>
    submits('suitability', {
      categories: ['crime-harmful-acts', 'death-injury-military-conflict'].map((category) => ({
        category,
        prevalence: 'passing',
        treatment: 'documentary',
        evidence: [{ segment: 2, quote: 'they burned several of the new looms in the public square' }],
      })),
    }),
  critique: () =>
    submits('critique', {
      findings: [{ agent: 'suitability', pointer: '/suitability/0', severity: 'contest', message: ATTACK }],
    }),
}
