import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabelRow } from '../../src/content/labels/label-type.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import { makeText } from '../../src/content/text/text.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import { BadCursor, type Page } from '../../src/database/paging.ts'
import type { Derived } from '../../src/database/records.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import type { Repositories } from '../../src/database/repositories.ts'
import type { RunFilter } from '../../src/database/run-repository.ts'
import { type RunOwner, StaleAttempt } from '../../src/ledger/ledger-store.ts'
import type { RunEnd } from '../../src/ledger/run-end.ts'
import {
  NOW,
  sampleDocument,
  sampleFacet,
  sampleItem,
  sampleLabel,
  samplePublication,
  sampleRun,
  sampleWrite,
  startRun,
  submitItem,
} from '../database/database-samples.ts'

/** What repositories promise, on any database. `open` gives a migrated one; each test has a tenant of its own. */
export function repositoriesContract(name: string, open: () => Promise<Database>) {
  describe(`repositories on ${name}`, () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
    })
    afterAll(() => db.close())

    const finish = (owner: RunOwner, end: RunEnd) => createLedgerStore(db).append([sampleWrite(owner, { end })])

    function forTenant(tenant: string = randomUUID()) {
      return { tenant, r: createRepositories(db).for(tenant) }
    }
    async function publishOnce(r: Repositories, tenant: string, itemId: string, runId: string = randomUUID()) {
      const owner = await startRun(r, { tenant, itemId, runId })
      return r.publish(owner, samplePublication(owner))
    }
    async function allPages<T>(list: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
      const entries: T[] = []
      let cursor: string | undefined
      do {
        const page: Page<T> = await list(cursor)
        entries.push(...page.entries)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      return entries
    }

    describe('items', () => {
      it('keeps an item as it was last given, its creation, and what is published of it', async () => {
        const { r, tenant } = forTenant()
        const { version, seq } = await publishOnce(r, tenant, 'a', 'run-1')
        await submitItem(r, 'a', sampleItem({ title: 'On Looms, again' }), NOW + 5)
        expect(await r.items.get('a')).toEqual({
          id: 'a',
          kind: 'talk',
          title: 'On Looms, again',
          item: sampleItem({ title: 'On Looms, again' }),
          createdAt: NOW,
          updatedAt: NOW + 5,
          current: { version, seq, status: 'complete', runId: 'run-1', publishedAt: NOW, intakeHash: 'intake-1' },
        })
      })

      it('knows nothing of another tenant', async () => {
        const { r, tenant } = forTenant()
        await publishOnce(r, tenant, 'a')
        const other = forTenant().r
        expect(await other.items.get('a')).toBeNull()
        expect(await other.understandings.current('a')).toBeNull()
        expect(await other.understandings.changes(0)).toEqual([])
        expect((await other.runs.list({}, {})).entries).toEqual([])
      })

      it('pages through all items, newest first, also where many were created in one moment', async () => {
        const { r } = forTenant()
        for (let n = 0; n < 7; n++) await submitItem(r, `i${n}`, sampleItem(), NOW + Math.floor(n / 3))
        const found = await allPages((cursor) => r.items.list({}, cursor ? { limit: 2, cursor } : { limit: 2 }))
        expect(found.map(({ id }) => id)).toEqual(['i6', 'i5', 'i4', 'i3', 'i2', 'i1', 'i0'])
      })

      it('filters by kind, status and topic', async () => {
        const { r, tenant } = forTenant()
        await publishOnce(r, tenant, 'published')
        await submitItem(r, 'song', sampleItem({ kind: 'song' }))
        const ids = async (filter: Parameters<typeof r.items.list>[0]) =>
          (await r.items.list(filter, {})).entries.map(({ id }) => id)
        expect(await ids({ kind: 'song' })).toEqual(['song'])
        expect(await ids({ status: 'none' })).toEqual(['song'])
        expect(await ids({ status: 'complete' })).toEqual(['published'])
        expect(await ids({ topic: 'iab-content-3.1/596' })).toEqual(['published'])
        expect(await ids({ topic: 'iab-content-3.1/1' })).toEqual([])
        expect(await ids({ topic: 'nonsense' })).toEqual([])
      })

      it.each(['', '%', 'bm9uc2Vuc2U', Buffer.from('["a","b"]').toString('base64url')])(
        'refuses the made-up cursor %j',
        async (cursor) => {
          await expect(forTenant().r.items.list({}, { cursor })).rejects.toThrow(BadCursor)
        },
      )

      it('refuses the cursor of another listing, though both are sorted by the same', async () => {
        const { r } = forTenant()
        for (const id of ['a', 'b']) await submitItem(r, id, sampleItem())
        const { next } = await r.items.list({}, { limit: 1 })
        expect(next).not.toBeNull()
        await expect(r.reviews.list({}, { cursor: next ?? '' })).rejects.toThrow(BadCursor)
      })
    })

    describe('texts', () => {
      it('serves a text by its hash, and what was computed from it by kind and version', async () => {
        const { r, tenant } = forTenant()
        const text = makeText(
          'transcript',
          `Cards told the loom what to weave. 🧶 ${'Then came the next card. '.repeat(200)}`,
        )
        const publish = async (...derived: Derived[]) => {
          const owner = await startRun(r, { tenant, itemId: 'a', runId: randomUUID() })
          await r.publish(owner, samplePublication(owner, { texts: [text, makeText('title', 'On Looms')], derived }))
          return owner
        }
        const segments = { textHash: text.hash, kind: 'segments', version: 'segmenter@1' }
        const vectors = { ...segments, kind: 'vectors', value: [] }
        const first = await publish({ ...segments, value: [1] }, vectors)
        const long = Array.from({ length: 2000 }, (_, n) => n)
        const second = await publish({ ...segments, value: long })
        expect(await r.texts.get('a', text.hash)).toEqual(text)
        expect(await r.texts.get('b', text.hash)).toBeNull()
        const place = { itemId: 'a', textHash: text.hash }
        const cutBy = async (version: string, of: object = {}) =>
          (await r.versionTexts.get({ ...place, ...of }, version))?.segments
        expect(await cutBy('segmenter@1')).toEqual(long)
        expect(await cutBy('segmenter@1', { version: 1 })).toEqual([1])
        expect(await cutBy('segmenter@2')).toBeNull()
        // What a run has computed stays its own.
        expect(await r.runs.derived(first.runId)).toEqual([{ ...segments, value: [1] }, vectors])
        expect(await r.runs.derived(second.runId)).toEqual([{ ...segments, value: long }])
        expect(await r.runs.derived('nobody')).toEqual([])
      })

      it('keeps what a run has computed that publishes nothing, and takes it from the owner alone', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: randomUUID() })
        const derived = { textHash: sha256('said'), kind: 'segments', version: 'segmenter@1', value: [1] }
        expect(await r.runs.derived(owner.runId)).toEqual([])
        await r.runs.keepDerived(owner, [derived])
        const stale = r.runs.keepDerived({ ...owner, attempt: owner.attempt + 1 }, [])
        await expect(stale).rejects.toThrow(StaleAttempt)
        expect(await r.runs.derived(owner.runId)).toEqual([derived])
        const shown = await r.versionTexts.get({ itemId: 'a', textHash: derived.textHash }, 'segmenter@1')
        expect(shown?.segments).toBeNull()
      })

      it('serves items with their texts and segments, in the order in which they are asked for', async () => {
        const { r, tenant } = forTenant()
        const [looms, cards] = ['On looms. '.repeat(500), 'On cards.'].map((text) => makeText('transcript', text))
        if (looms === undefined || cards === undefined) throw new Error('there are two texts')
        for (const [itemId, text] of [['a', looms] as const, ['b', cards] as const]) {
          const owner = await startRun(r, { tenant, itemId, runId: randomUUID() })
          const derived = [{ textHash: text.hash, kind: 'segments', version: 'segmenter@1', value: [itemId] }]
          await r.publish(owner, samplePublication(owner, { texts: [text], derived }))
        }
        const [a, b] = [await r.items.get('a'), await r.items.get('b')]
        const places = [
          { itemId: 'b', textHash: cards.hash },
          { itemId: 'unknown', textHash: cards.hash },
          { itemId: 'a', textHash: looms.hash },
          { itemId: 'a', textHash: cards.hash },
          { itemId: 'a', textHash: null },
        ]
        const { texts } = await r.versionTexts.followed(places, 'segmenter@1', 'index')
        expect(texts).toEqual([
          { record: b, text: cards.text, segments: ['b'] },
          null,
          { record: a, text: looms.text, segments: ['a'] },
          { record: a, text: null, segments: null },
          { record: a, text: null, segments: null },
        ])
        const other = await r.versionTexts.get({ itemId: 'b', textHash: cards.hash }, 'segmenter@2')
        expect(other).toEqual({ record: b, text: cards.text, segments: null })
        const stranger = forTenant().r.versionTexts
        expect(await stranger.get({ itemId: 'b', textHash: cards.hash }, 'segmenter@1')).toBeNull()
      })
    })

    describe('strings that Postgres refuses', () => {
      const nasty = 'a\u0000b\uD800c'
      it('keeps JSON exactly, and text readable and of the same length', async () => {
        const { r, tenant } = forTenant()
        await submitItem(r, 'a', sampleItem({ title: nasty }))
        const kept = await r.items.get('a')
        expect(kept?.item.title).toBe('a\uFFFDb\uFFFDc')
        expect(kept?.title).toBe('a\uFFFDb\uFFFDc')
        const owner = await startRun(r, { tenant, itemId: 'b', runId: 'run' })
        await r.publish(owner, samplePublication(owner, { facets: [sampleFacet('run', { draft: { nasty } })] }))
        expect((await r.facets.latest('b', 'topics'))?.draft).toEqual({ nasty })
        await finish(owner, { status: 'failed', error: nasty, outcome: { nasty }, at: NOW })
        expect(await r.runs.get('run')).toMatchObject({ error: 'a\uFFFDb\uFFFDc', outcome: { nasty } })
      })

      it('finds nothing under such an id, and does not fail', async () => {
        const { r } = forTenant()
        expect(await r.items.get(nasty)).toBeNull()
        expect(await r.runs.get(nasty)).toBeNull()
        expect(await r.reviews.get(nasty)).toBeNull()
        expect((await r.items.list({ topic: `${nasty}/${nasty}` }, {})).entries).toEqual([])
      })
    })

    describe('publishing', () => {
      it('writes document, labels, facets and texts together, and gives the document its place', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        const publication = samplePublication(owner)
        const place = await r.publish(owner, publication)
        expect(place).toEqual({ version: 1, seq: 1, again: false })
        expect(await r.understandings.current('a')).toEqual({ ...sampleDocument('a', 'run-1'), version: 1, seq: 1 })
        expect(await r.understandings.labels('a')).toEqual([sampleLabel('596')])
        expect(await r.facets.forItem('a')).toEqual([{ ...sampleFacet('run-1'), createdAt: NOW }])
        for (const text of publication.texts) expect(await r.texts.get('a', text.hash)).toEqual(text)
        expect((await r.runs.get('run-1'))?.version).toBe(1)
      })

      it('adds versions and overwrites none; labels and latest facets are those of the current one', async () => {
        const { r, tenant } = forTenant()
        await publishOnce(r, tenant, 'a', 'run-1')
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-2' })
        const labels = [sampleLabel('1'), sampleLabel('1', { name: 'twice' })]
        const facets = [sampleFacet('run-2', { fingerprint: 'fingerprint-2' })]
        expect(await r.publish(owner, samplePublication(owner, { labels, facets }))).toEqual({
          version: 2,
          seq: 2,
          again: false,
        })
        expect((await r.understandings.version('a', 1))?.provenance.runId).toBe('run-1')
        expect((await r.understandings.current('a'))?.version).toBe(2)
        expect(await r.understandings.version('a', 3)).toBeNull()
        expect(await r.understandings.version('a', 2 ** 40)).toBeNull()
        expect(await r.understandings.labels('a')).toEqual([sampleLabel('1')])
        expect((await r.facets.forItem('a')).map(({ runId }) => runId)).toEqual(['run-2'])
        expect((await r.facets.find('a', 'topics', 'fingerprint-1'))?.runId).toBe('run-1')
        const versions = await allPages((cursor) =>
          r.understandings.versions('a', cursor ? { limit: 1, cursor } : { limit: 1 }),
        )
        expect(versions.map(({ version }) => version)).toEqual([2, 1])
      })

      it('publishes once per run: a later owner is told what the first one wrote', async () => {
        const { r, tenant } = forTenant()
        const first = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        const place = await r.publish(first, samplePublication(first))
        await r.runs.claim('run-1', { owner: 'process-2', now: NOW + 60_000, leaseMs: 1 })
        const second = { ...first, attempt: 2 }
        expect(await r.publish(second, samplePublication(second, { labels: [] }))).toEqual({ ...place, again: true })
        expect(await r.understandings.labels('a')).toHaveLength(1)
        expect(await r.understandings.changes(0)).toHaveLength(1)
      })

      it('refuses a stale owner, an unknown run and a finished one, and leaves nothing behind', async () => {
        const { r, tenant } = forTenant()
        const stale = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        await r.runs.claim('run-1', { owner: 'process-2', now: NOW + 60_000, leaseMs: 1 })
        await expect(r.publish(stale, samplePublication(stale))).rejects.toThrow(StaleAttempt)
        const unknown = { ...stale, runId: 'nobody' }
        await expect(r.publish(unknown, samplePublication(unknown))).rejects.toThrow(StaleAttempt)
        const current = { ...stale, attempt: 2 }
        await finish(current, { status: 'cancelled', error: null, outcome: null, at: NOW })
        await expect(r.publish(current, samplePublication(current))).rejects.toThrow(StaleAttempt)
        expect(await r.understandings.current('a')).toBeNull()
        expect(await r.understandings.labels('a')).toEqual([])
      })

      it('leaves nothing behind, no gap in seq either, when something of it cannot be written', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        const reviews = [{ id: 'review', facet: 'topics', key: '1', question: null }]
        for (const change of [{ at: 2 ** 63 }, { at: 2 ** 63, reviews }])
          await expect(r.publish(owner, samplePublication(owner, change))).rejects.toThrow('out of range')
        expect(await r.understandings.current('a')).toBeNull()
        expect(await r.understandings.labels('a')).toEqual([])
        expect(await r.publish(owner, samplePublication(owner))).toEqual({ version: 1, seq: 1, again: false })
      })

      it('writes nothing before what it is to come after, and nothing at all where that fails', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        const failing = r.publish(owner, samplePublication(owner), Promise.reject(new Error('the disk is full')))
        await expect(failing).rejects.toThrow('the disk is full')
        let arrive = () => {}
        const gate = new Promise<void>((done) => {
          arrive = done
        })
        const waiting = r.publish(owner, samplePublication(owner), gate)
        expect(await r.understandings.current('a')).toBeNull()
        arrive()
        expect(await waiting).toMatchObject({ version: 1 })
      })

      it('has the labels of the newest version only, those kept and those new', async () => {
        const { r, tenant } = forTenant()
        const version = async (runId: string, ...labels: LabelRow[]) => {
          const owner = await startRun(r, { tenant, itemId: 'a', runId })
          await r.publish(owner, samplePublication(owner, { labels }))
          return (await r.understandings.labels('a')).map(({ key, name }) => `${key} ${name}`)
        }
        expect(await version('run-1', sampleLabel('1'), sampleLabel('2'))).toEqual(['1 Topic 1', '2 Topic 2'])
        const kept = sampleLabel('2', { name: 'Weaving' })
        expect(await version('run-2', kept, sampleLabel('3'))).toEqual(['2 Weaving', '3 Topic 3'])
        expect((await r.items.list({ topic: 'iab-content-3.1/1' }, {})).entries).toEqual([])
        expect((await r.items.list({ topic: 'iab-content-3.1/2' }, {})).entries).toHaveLength(1)
        expect(await version('run-3')).toEqual([])
      })

      it('numbers concurrent publications without gap or repetition, and changes are paged without loss', async () => {
        const { r, tenant } = forTenant()
        const items = Array.from({ length: 4 }, (_, n) => `item-${n}`)
        const places = await Promise.all([...items, ...items, ...items].map((itemId) => publishOnce(r, tenant, itemId)))
        expect(places.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(places.map((_, n) => n + 1))
        const seen: number[] = []
        for (let after = 0; ; ) {
          const changes = await r.understandings.changes(after, 5)
          if (changes.length === 0) break
          seen.push(...changes.map(({ seq }) => seq))
          after = changes.at(-1)?.seq ?? after
        }
        expect(seen).toEqual(places.map((_, n) => n + 1))
        const ofOne = (await r.understandings.changes(0, 100)).filter(({ itemId }) => itemId === 'item-0')
        expect(ofOne).toMatchObject([1, 2, 3].map((version) => ({ change: 'published', version })))
      })

      it('takes thousands of labels', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        const labels = Array.from({ length: 8000 }, (_, n) => sampleLabel(String(n)))
        await r.publish(owner, samplePublication(owner, { labels }))
        expect(await r.understandings.labels('a')).toHaveLength(8000)
      })
    })

    describe('reviews and decisions', () => {
      const ask = (id: string, question: unknown = 'is it?') => ({ id, facet: 'suitability', key: 'arms', question })
      const answer = { action: 'amend' as const, value: { risk: 'low' }, note: 'seen', by: 'ed', at: NOW + 9 }

      async function publishAsking(r: Repositories, tenant: string, runId: string, id: string, question?: unknown) {
        const owner = await startRun(r, { tenant, itemId: 'a', runId })
        return r.publish(owner, samplePublication(owner, { reviews: [ask(id, question)] }))
      }

      it('has at most one open question about a label; a later version asks it anew', async () => {
        const { r, tenant } = forTenant()
        await publishAsking(r, tenant, 'run-1', 'review-1')
        await publishAsking(r, tenant, 'run-2', 'review-2', 'is it still?')
        const { entries } = await r.reviews.list({ status: 'open', itemId: 'a', facet: 'suitability' }, {})
        expect(entries).toEqual([
          {
            ...ask('review-1', 'is it still?'),
            itemId: 'a',
            status: 'open',
            runId: 'run-2',
            version: 2,
            openedAt: NOW,
            decision: null,
          },
        ])
      })

      it('closes a question and keeps the decision, once; a later answer changes nothing', async () => {
        const { r, tenant } = forTenant()
        await publishAsking(r, tenant, 'run-1', 'review-1')
        const decided = await r.reviews.decide('review-1', answer)
        const decision = { facet: 'suitability', key: 'arms', ...answer }
        expect(decided).toMatchObject({ kind: 'decided', review: { status: 'decided', decision } })
        expect(await r.reviews.decide('review-1', { ...answer, action: 'reject' })).toMatchObject({
          kind: 'already-decided',
          review: { decision },
        })
        expect(await r.decisions.forItem('a')).toEqual([decision])
        expect((await r.reviews.list({ status: 'open' }, {})).entries).toEqual([])
        expect(await r.reviews.decide('nothing', answer)).toEqual({ kind: 'unknown' })
      })

      it('does not ask again about a label that was decided while the run was under way', async () => {
        const { r, tenant } = forTenant()
        await r.decisions.put('a', { facet: 'suitability', key: 'arms', ...answer })
        await publishAsking(r, tenant, 'run-1', 'review-1')
        expect((await r.reviews.list({}, {})).entries).toEqual([])
      })

      it('replaces a decision by a later one about the same label', async () => {
        const { r } = forTenant()
        await r.decisions.put('a', { facet: 'topics', key: 'x', ...answer })
        await r.decisions.put('a', { facet: 'topics', key: 'x', ...answer, action: 'reject', value: null, note: null })
        expect(await r.decisions.forItem('a')).toEqual([
          { facet: 'topics', key: 'x', ...answer, action: 'reject', value: null, note: null },
        ])
      })
    })

    describe('runs', () => {
      const claim = { owner: 'process-1', now: NOW, leaseMs: 1000 }

      it('keeps what a run was asked, its item included, and creates it once', async () => {
        const { r } = forTenant()
        const run = sampleRun('run-1', 'a', { requested: ['topics'], parentRunId: 'run-0' })
        await r.runs.create(run)
        await r.runs.create({ ...run, effort: 'quick' })
        expect(await r.runs.get('run-1')).toMatchObject({
          effort: 'standard',
          config: run.config,
          requested: ['topics'],
          parentRunId: 'run-0',
          status: 'queued',
          attempt: 0,
          owner: null,
          itemBlob: sha256(JSON.stringify(run.item)),
        })
        expect(await r.runs.item('run-1')).toEqual(run.item)
        expect(await r.runs.item('run-2')).toBeNull()
      })

      it('answers a new run as it then stands, waiting or claimed, and stores the item only where it is submitted', async () => {
        const { r } = forTenant()
        for (const given of [undefined, claim]) {
          const created = await r.runs.create(sampleRun(randomUUID(), 'a', { requested: ['topics'] }), given)
          expect(created).toEqual(await r.runs.get(created.id))
          expect(await r.items.get('a')).toBeNull()
        }
        const { run: submitted } = await r.runs.submit(sampleRun('run-1', 'a'), claim)
        expect(submitted).toMatchObject({ status: 'running', attempt: 1, owner: 'process-1', leaseUntil: NOW + 1000 })
        expect(submitted).toEqual(await r.runs.get('run-1'))
        expect(await r.runs.submit(sampleRun('run-1', 'a'))).toEqual({ run: submitted, unpublished: false })
        expect(await r.items.get('a')).toMatchObject({ title: 'On Looms', current: null })
      })

      it('says of a submitted run whether anything was published of its item', async () => {
        const { r, tenant } = forTenant()
        const submitted = await r.runs.submit(sampleRun('run-1', 'a'), claim)
        expect(submitted).toMatchObject({ run: { id: 'run-1' }, unpublished: true })
        expect(await r.runs.submit(sampleRun('run-2', 'a'), claim)).toMatchObject({ unpublished: true })
        await publishOnce(r, tenant, 'a', 'run-3')
        expect(await r.runs.submit(sampleRun('run-4', 'a'), claim)).toMatchObject({ unpublished: false })
        expect(await r.runs.submit(sampleRun('run-5', 'b'))).toMatchObject({ unpublished: true })
      })

      it('has one owner at a time: nobody else claims it before the lease has passed', async () => {
        const { r } = forTenant()
        await r.runs.create(sampleRun('run-1', 'a'))
        const claims = await Promise.all(['p1', 'p2', 'p3'].map((owner) => r.runs.claim('run-1', { ...claim, owner })))
        expect(claims.filter((run) => run !== null)).toHaveLength(1)
        expect(await r.runs.claim('run-1', { ...claim, now: NOW + 999 })).toBeNull()
        const taken = await r.runs.claim('run-1', { ...claim, now: NOW + 1000 })
        expect(taken).toMatchObject({ attempt: 2, status: 'running', startedAt: NOW, leaseUntil: NOW + 2000 })
      })

      it('is taken at once from an owner known to be dead, by one process only', async () => {
        const { r } = forTenant()
        await r.runs.create(sampleRun('run-1', 'a'))
        await r.runs.claim('run-1', claim)
        const takers = ['p2', 'p3'].map((owner) => r.runs.claim('run-1', { ...claim, owner, ifAttempt: 1 }))
        expect((await Promise.all(takers)).filter((run) => run !== null)).toHaveLength(1)
      })

      it('hands out queued runs in the order of their creation, each once', async () => {
        const { r } = forTenant()
        for (const id of ['r1', 'r2', 'r3']) await r.runs.create(sampleRun(id, 'a'))
        const got = await Promise.all([1, 2, 3, 4].map(() => r.runs.claimNext(claim)))
        expect(got.map((run) => run?.id ?? null).sort()).toEqual(['r1', 'r2', 'r3', null].sort())
        expect(await r.runs.claimNext(claim)).toBeNull()
      })

      it('a heartbeat extends the lease and brings word of a cancellation; a stale owner is refused', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        expect(await r.runs.heartbeat(owner, NOW + 90_000)).toEqual({ cancelRequested: false })
        expect(await r.runs.claim('run-1', { ...claim, now: NOW + 89_999 })).toBeNull()
        expect(await r.runs.requestCancel('run-1', NOW)).toMatchObject({ status: 'running', cancelRequested: true })
        expect(await r.runs.heartbeat(owner, NOW + 90_000)).toEqual({ cancelRequested: true })
        await r.runs.claim('run-1', { ...claim, now: NOW + 90_000 })
        await expect(r.runs.heartbeat(owner, NOW)).rejects.toThrow(StaleAttempt)
      })

      it('ends once, and only by its owner', async () => {
        const { r, tenant } = forTenant()
        const owner = await startRun(r, { tenant, itemId: 'a', runId: 'run-1' })
        const end = { status: 'failed' as const, error: 'the model is away', outcome: { seen: 3 }, at: NOW + 7 }
        expect(await finish({ ...owner, attempt: 7 }, end)).toEqual({ stale: ['run-1'] })
        expect((await r.runs.get('run-1'))?.status).toBe('running')
        await finish(owner, end)
        await finish(owner, { ...end, status: 'complete', error: null })
        expect(await r.runs.get('run-1')).toMatchObject({
          status: 'failed',
          error: 'the model is away',
          outcome: { seen: 3 },
          finishedAt: NOW + 7,
          owner: null,
          leaseUntil: null,
        })
        await expect(r.runs.heartbeat(owner, NOW)).rejects.toThrow(StaleAttempt)
        expect(await r.runs.claim('run-1', { ...claim, now: NOW + 1e9 })).toBeNull()
      })

      it('cancels a queued run at once; a finished one stays as it is', async () => {
        const { r } = forTenant()
        await r.runs.create(sampleRun('run-1', 'a'))
        const cancelled = { status: 'cancelled', finishedAt: NOW + 3 }
        expect(await r.runs.requestCancel('run-1', NOW + 3)).toMatchObject(cancelled)
        expect(await r.runs.requestCancel('run-1', NOW + 9)).toMatchObject(cancelled)
        expect(await r.runs.claim('run-1', claim)).toBeNull()
        expect(await r.runs.requestCancel('none', NOW)).toBeNull()
      })

      it('finds orphans by their lease, and by their owner where no other process can live', async () => {
        const { r } = forTenant()
        for (const [id, owner] of [
          ['r1', 'dead'],
          ['r2', 'me'],
          ['r3', 'me'],
        ] as const) {
          await r.runs.create(sampleRun(id, 'a'))
          await r.runs.claim(id, { owner, now: NOW, leaseMs: id === 'r3' ? 10 : 1000 })
        }
        const ids = async (query: Parameters<typeof r.runs.orphans>[0]) =>
          (await r.runs.orphans(query)).map(({ id }) => id)
        expect(await ids({ now: NOW + 5 })).toEqual([])
        expect(await ids({ now: NOW + 10 })).toEqual(['r3'])
        expect(await ids({ now: NOW + 10, soleOwner: 'me' })).toEqual(['r1', 'r3'])
      })

      it('lists by item, status and time, newest first, page by page', async () => {
        const { r } = forTenant()
        for (let n = 0; n < 5; n++) await r.runs.create(sampleRun(`r${n}`, n < 4 ? 'a' : 'b', { createdAt: NOW + n }))
        await r.runs.claim('r3', claim)
        const of = { itemId: 'a', status: 'queued', since: NOW + 1 } as const
        expect((await r.runs.list(of, {})).entries.map(({ id }) => id)).toEqual(['r2', 'r1'])
        const all = await allPages((cursor) => r.runs.list({}, cursor ? { limit: 2, cursor } : { limit: 2 }))
        expect(all.map(({ id }) => id)).toEqual(['r4', 'r3', 'r2', 'r1', 'r0'])
      })

      it('finds ids by their beginning, taken letter by letter', async () => {
        const { r, tenant } = forTenant()
        const ids = ['a', 'ab', 'ab_', 'ab%', 'abc', 'abé', 'ab\u{1F41D}', 'aB', 'b', 'ac']
        for (const id of ids) {
          await r.runs.create(sampleRun(id, 'x'))
          await submitItem(r, id)
        }
        for (const begins of ['a', 'ab', 'ab_', 'ab%', 'abé', 'c']) {
          const wanted = ids.filter((id) => id.startsWith(begins)).sort()
          for (const list of [r.runs.list, r.items.list]) {
            const found = (await list({ idPrefix: begins }, {})).entries.map(({ id }) => id)
            const own = found.filter((id) => ids.includes(id))
            expect(own.sort(), begins).toEqual(wanted)
          }
        }
        await publishAsking(r, tenant)
        expect((await r.reviews.list({ idPrefix: 'review-b' }, {})).entries.map(({ id }) => id)).toEqual([
          'review-bees',
        ])
        expect((await r.reviews.list({ idPrefix: 'review-c' }, {})).entries).toEqual([])

        async function publishAsking(to: Repositories, of: string) {
          const owner = await startRun(to, { tenant: of, itemId: 'asked', runId: randomUUID() })
          const question = { id: 'review-bees', facet: 'suitability', key: 'garm/6', question: null }
          await to.publish(owner, samplePublication(owner, { reviews: [question] }))
        }
      })

      it('leaves out runs that found nothing to do', async () => {
        const { r, tenant } = forTenant()
        const nothing = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, estimated: false, steps: 1, exchanges: 0 }
        const summary = { ...nothing, usd: null, failedNodes: [], models: [], prompts: [] }
        for (const [runId, status] of [
          ['r1', 'complete'],
          ['r2', 'unchanged'],
          ['r3', 'failed'],
        ] as const) {
          const owner = await startRun(r, { tenant, itemId: 'a', runId })
          await finish(owner, { status, error: null, outcome: null, at: NOW, summary })
        }
        const ids = async (filter: RunFilter) => (await r.runs.list(filter, {})).entries.map(({ id }) => id)
        expect(await ids({ unchanged: false })).toEqual(['r3', 'r1'])
        expect(await ids({ unchanged: true })).toEqual(['r3', 'r2', 'r1'])
      })

      it('keeps what a run cost and did, and finds runs by it', async () => {
        const { r, tenant } = forTenant()
        const nothing = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, estimated: false, steps: 1, exchanges: 0 }
        const summaries = {
          cheap: { ...nothing, usd: 0.01, failedNodes: [], models: ['openai:a'], prompts: ['topics/v1'] },
          dear: { ...nothing, usd: 2, failedNodes: ['topics', 'verify'], models: ['openai:b'], prompts: ['topics/v2'] },
          unpriced: {
            ...nothing,
            usd: null,
            estimated: true,
            failedNodes: ['topics'],
            models: ['openai:b', 'x,"y"}'],
            prompts: [],
          },
        }
        for (const [runId, summary] of Object.entries(summaries)) {
          const owner = await startRun(r, { tenant, itemId: 'a', runId })
          expect((await r.runs.get(runId))?.summary).toBeNull()
          await finish(owner, { status: 'partial', error: null, outcome: null, at: NOW, summary })
          expect((await r.runs.get(runId))?.summary).toEqual(summary)
        }
        const find = async (filter: RunFilter) => (await r.runs.list(filter, {})).entries.map(({ id }) => id)
        expect(await find({ failedNode: 'topics' })).toEqual(['unpriced', 'dear'])
        expect(await find({ failedNode: 'topic' })).toEqual([])
        expect(await find({ model: 'openai:b', prompt: 'topics/v2' })).toEqual(['dear'])
        expect(await find({ model: 'x,"y"}' })).toEqual(['unpriced'])
        expect(await find({ costOver: 0.01 })).toEqual(['dear'])
        expect(await find({ costOver: 0, status: 'partial', itemId: 'a' })).toEqual(['dear', 'cheap'])
        const query = { limit: 1, cursor: (await r.runs.list({ failedNode: 'topics' }, { limit: 1 })).next ?? '' }
        expect((await r.runs.list({ failedNode: 'topics' }, query)).entries.map(({ id }) => id)).toEqual(['dear'])
      })
    })

    it('remembers the first use of an idempotency key, of its own tenant', async () => {
      const { r } = forTenant()
      const [first, second] = [sha256('one'), sha256('two')]
      expect(await r.idempotencyKeys.find('k')).toBeNull()
      expect(await r.idempotencyKeys.put('k', { bodyHash: first, runId: 'run-1', at: NOW })).toEqual({
        bodyHash: first,
        runId: 'run-1',
      })
      const standing = await r.idempotencyKeys.put('k', { bodyHash: second, runId: 'run-2', at: NOW })
      expect(standing).toEqual({ bodyHash: first, runId: 'run-1' })
      expect(await r.idempotencyKeys.find('k')).toEqual(standing)
      expect(await forTenant().r.idempotencyKeys.find('k')).toBeNull()
    })

    it("a consumer's place in the outbox never goes back", async () => {
      const { r } = forTenant()
      expect(await r.outbox.position('index')).toBe(0)
      await r.outbox.advance('index', 5)
      await r.outbox.advance('index', 3)
      expect(await r.outbox.position('index')).toBe(5)
      expect(await r.outbox.position('other')).toBe(0)
    })

    it('a consumer is behind by what was published and erased after its place', async () => {
      const { r, tenant } = forTenant()
      const behind = async (consumer: string, of = r) => (await of.versionTexts.followed([], 'none', consumer)).waiting
      expect(await behind('index')).toBe(0)
      const { seq } = await publishOnce(r, tenant, 'a')
      await publishOnce(r, tenant, 'b')
      await r.erase('b', NOW)
      await publishOnce(r, tenant, 'c')
      expect(await behind('index')).toBe(3)
      await r.outbox.advance('index', seq)
      expect([await behind('index'), await behind('other')]).toEqual([2, 3])
      expect(await behind('index', forTenant().r)).toBe(0)
    })

    it('keeps what a consumer could not follow: tries of one change are counted, at the last one it is set aside', async () => {
      const { r } = forTenant()
      const note = (seq: number, itemId = 'a', consumer = 'index') =>
        r.outboxFailures.note(consumer, { itemId, seq, reason: `no room\0 for ${seq}` }, 3)
      expect([await note(1), await note(1)]).toEqual([false, false])
      expect(await r.outboxFailures.setAside('index')).toEqual({ total: 0, entries: [] })
      expect([await note(1), await note(1)]).toEqual([true, true])
      // A later change of the item has tries of its own.
      expect(await note(7)).toBe(false)
      expect((await r.outboxFailures.setAside('index')).total).toBe(0)
      for (let tries = 0; tries < 3; tries++) await note(9, 'b')
      await note(7)
      expect(await note(7)).toBe(true)
      const [a, b] = [
        { itemId: 'a', seq: 7, reason: 'no room\uFFFD for 7' },
        { itemId: 'b', seq: 9, reason: 'no room\uFFFD for 9' },
      ]
      expect(await r.outboxFailures.setAside('index')).toEqual({ total: 2, entries: [a, b] })
      expect(await r.outboxFailures.setAside('index', 1)).toEqual({ total: 2, entries: [a] })
      expect((await r.outboxFailures.setAside('other')).total).toBe(0)
      expect((await forTenant().r.outboxFailures.setAside('index')).total).toBe(0)
      await r.outboxFailures.clear('index', 'a')
      expect(await r.outboxFailures.setAside('index')).toEqual({ total: 1, entries: [b] })
    })

    it('a consumer may hold what was erased after its place, and where it failed to follow; nothing else is left of the item', async () => {
      const { r, tenant } = forTenant()
      for (const id of ['a', 'b']) await publishOnce(r, tenant, id)
      await r.outboxFailures.note('index', { itemId: 'a', seq: 1, reason: 'no room' }, 1)
      expect(await r.outbox.erasedItems('index')).toEqual([])
      const erased = await r.erase('a', NOW)
      expect((await r.outboxFailures.setAside('index')).total).toBe(0)
      expect(await r.outbox.erasedItems('index')).toEqual(['a'])
      expect(await r.versionTexts.followed([], 'none', 'index')).toMatchObject({
        erased: ['a'],
        waiting: 2,
        setAside: 0,
      })
      await r.outbox.advance('index', erased?.seq ?? 0)
      expect(await r.outbox.erasedItems('index')).toEqual([])
      await r.outboxFailures.note('index', { itemId: 'a', seq: erased?.seq ?? 0, reason: 'no room' }, 1)
      expect([await r.outbox.erasedItems('index'), await r.outbox.erasedItems('other')]).toEqual([['a'], ['a']])
      await r.outbox.advance('other', erased?.seq ?? 0)
      expect(await r.outbox.erasedItems('other')).toEqual([])
      expect(await forTenant().r.outbox.erasedItems('index')).toEqual([])
    })

    it('tells which erasures come after a place, each item once, in order', async () => {
      const { r, tenant } = forTenant()
      for (const id of ['a', 'b', 'c']) await publishOnce(r, tenant, id)
      for (const id of ['b', 'a']) await r.erase(id, NOW)
      await publishOnce(r, tenant, 'b')
      const again = await r.erase('b', NOW + 1)
      const last = again?.seq ?? 0
      expect((await r.outbox.erasuresAfter(0)).map(({ itemId }) => itemId)).toEqual(['a', 'b'])
      expect(await r.outbox.erasuresAfter(last - 1)).toEqual([again])
      expect(await r.outbox.erasuresAfter(last)).toEqual([])
      expect(await forTenant().r.outbox.erasuresAfter(0)).toEqual([])
    })
  })
}
