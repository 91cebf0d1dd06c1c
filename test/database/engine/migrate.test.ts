import { afterAll, beforeAll, expect, it } from 'vitest'
import { sha256 } from '../../../src/content/text/hash.ts'
import { makeText } from '../../../src/content/text/text.ts'
import { type Database, openDatabase } from '../../../src/database/engine/connection.ts'
import { migrate } from '../../../src/database/engine/migrate.ts'
import { foundation } from '../../../src/database/migrations/001-foundation.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import { sampleDocument, sampleExchange, sampleLabel, sampleStep } from '../database-samples.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase({ memory: true })
}, 120_000)
afterAll(() => db.close())

it('keeps what older versions wrote: recorded runs, texts, documents, labels', async () => {
  await foundation.up(db.kysely)
  await db.query('create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)')
  await db.query(`insert into kysely_migration values ('001-foundation', '')`)
  await db.query(`insert into runs (tenant, id, item_id, item_blob, effort, config, status, created_at)
    values ('t', 'r', 'a', 'sha256:0', 'quick', '{}', 'complete', 1)`)
  const exchanges = [sampleExchange(0), sampleExchange(1, { cost: null, kind: 'known' })]
  for (const e of exchanges)
    await db.query(
      `insert into exchanges (tenant, run_id, node, visit, kind, n, request_hash, nth, request, response, outcome,
        started_at, ms, input_tokens, cached_tokens, output_tokens, usd, retries)
        values ('t', 'r', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[e.node, e.visit, e.kind, e.n, e.requestHash, e.nth, e.request, e.response, e.outcome, e.startedAt, e.ms],
        ...[e.cost?.inputTokens, e.cost?.cachedTokens, e.cost?.outputTokens, e.cost?.usd, e.retries],
      ],
    )
  const step = sampleStep('topics')
  await db.query(`insert into steps values ('t', 'r', $1, $2, $3, $4, $5, $6, $7)`, [
    ...[step.node, step.visit, step.superstep, step.startedAt, step.ms, step.update, step.error],
  ])
  await db.query(`insert into blobs values ('t', 'a', $1, false, $2)`, [sha256('said'), Buffer.from('said')])
  const [text, document] = [makeText('transcript', 'Cards told the loom. 🧶'), sampleDocument('a', 'r')]
  await db.query(`insert into items (tenant, id, kind, title, item, created_at, updated_at, version, seq, status, run_id)
    values ('t', 'a', 'talk', 'On Looms', '{}', 1, 1, 2, 7, 'complete', 'r')`)
  await db.query(`insert into texts values ('t', 'a', $1, 'transcript', $2, $3)`, [
    text.hash,
    text.normaliser,
    text.text,
  ])
  await db.query(`insert into understandings values ('t', 'a', 2, 7, 'r', 'complete', 1, $1)`, [
    JSON.stringify({ ...document, version: 2, seq: 7 }),
  ])
  for (const facet of ['topics', 'chapters'])
    await db.query(
      `insert into labels values ('t', 'a', $1, '596', 'iab-content-3.1', '596', 'Topic 596', 0.5, 'model')`,
      [facet],
    )

  await migrate(db)
  const { trace, texts, understandings } = createRepositories(db).for('t')
  expect(await texts.get('a', text.hash)).toEqual(text)
  expect(await understandings.current('a')).toEqual({ ...document, version: 2, seq: 7 })
  expect(await understandings.labels('a')).toEqual([sampleLabel('596')])
  const run = await trace.load('r')
  expect(run.exchanges).toEqual(exchanges)
  expect(run.steps).toEqual([step])
  expect(run.blob(sha256('said'))).toBe('said')
})
