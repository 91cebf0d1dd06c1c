import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  DimensionMismatch,
  InvalidVector,
  type NearestQuery,
  type Places,
  type Point,
  type SimilarityEngine,
  type SimilarityIndex,
} from '../../src/similarity/similarity-index.ts'

export interface OpenedEngine {
  engine: SimilarityEngine
  /** Closes the engine and whatever was started for it. */
  dispose(): Promise<void>
}

const SPACE = 'test-embedder@1'

/** A point of a whole item, or of a segment, with a payload that can be told apart. */
export function point(itemId: string, vector: readonly number[], over: PointOverrides = {}): Point {
  const { segment = null, space = SPACE, words = [], ...payload } = over
  const defaults = { kind: 'talk', language: 'en', topics: [], textHash: `sha256:${itemId}`, version: 1 }
  return { itemId, segment, space, vector, words, payload: { ...defaults, ...payload } }
}

/** Writes points of any items and spaces, each item's in a space as a whole. */
export async function put(index: SimilarityIndex, points: readonly Point[]): Promise<void> {
  const places = new Map<string, Point[]>()
  for (const point of points) {
    const place = JSON.stringify([point.itemId, point.space])
    places.set(place, [...(places.get(place) ?? []), point])
  }
  for (const [first, ...rest] of places.values())
    if (first !== undefined) await index.replaceItem(first.itemId, first.space, [first, ...rest])
}

type PointOverrides = Partial<Point['payload']> & { segment?: number | null; space?: string; words?: string[] }

const near = (vector: readonly number[], over: Partial<NearestQuery> = {}): NearestQuery => ({
  space: SPACE,
  vector,
  limit: 10,
  level: 'item',
  ...over,
})

/** What every similarity engine promises. One engine serves all tests; each test has a tenant of its own. */
export function similarityContract(name: string, open: () => Promise<OpenedEngine>) {
  describe(`similarity contract: ${name}`, () => {
    let opened: OpenedEngine
    let index: SimilarityIndex
    let other: SimilarityIndex
    let tenants = 0

    beforeAll(async () => {
      opened = await open()
    })
    afterAll(async () => {
      await opened.dispose()
    })
    beforeEach(() => {
      tenants += 1
      index = opened.engine.for(`tenant-${tenants}`)
      other = opened.engine.for(`other-${tenants}`)
    })

    const ids = async (query: NearestQuery, of = index) =>
      (await of.nearest(query)).map((neighbour) => neighbour.itemId)

    describe('searching', () => {
      it('gives the nearest first, with score and payload, and no more than the limit', async () => {
        await put(index, [
          point('far', [0, 1, 0]),
          point('same', [1, 0, 0], { kind: 'song', language: null, topics: ['iab/1', 'iab/2'], version: 7 }),
          point('close', [4, 3, 0]),
          point('opposite', [-1, 0, 0], { textHash: null }),
        ])
        const found = await index.nearest(near([1, 0, 0]))
        expect(found.map(({ itemId, segment, score, vector }) => ({ itemId, segment, score, vector }))).toEqual([
          { itemId: 'same', segment: null, score: 1, vector: null },
          { itemId: 'close', segment: null, score: 0.8, vector: null },
          { itemId: 'far', segment: null, score: 0, vector: null },
          { itemId: 'opposite', segment: null, score: -1, vector: null },
        ])
        expect(found[0]?.payload).toEqual({
          kind: 'song',
          language: null,
          topics: ['iab/1', 'iab/2'],
          textHash: 'sha256:same',
          version: 7,
        })
        expect(found[3]?.payload.textHash).toBeNull()
        expect(await ids(near([1, 0, 0], { limit: 2 }))).toEqual(['same', 'close'])
        expect(await ids(near([1, 0, 0], { limit: 0 }))).toEqual([])
      })

      it('breaks ties by item id and segment, also where the limit cuts through them', async () => {
        const scattered = ['m', 'z', 'B', 'a', '\u{1F600}', '\uFF5E', 'é', 'k']
        await put(
          index,
          scattered.map((id) => point(id, [0, 1, 0])),
        )
        const sorted = ['B', 'a', 'k', 'm', 'z', 'é', '\uFF5E', '\u{1F600}']
        expect(await ids(near([0, 1, 0]))).toEqual(sorted)
        expect(await ids(near([0, 1, 0], { limit: 3 }))).toEqual(sorted.slice(0, 3))

        await put(
          index,
          [10, 2, 0, 1].map((segment) => point('a', [0, 0, 1], { segment })),
        )
        await put(index, [point('B', [0, 0, 1], { segment: 5 })])
        const segments = await index.nearest(near([0, 0, 1], { level: 'segment', limit: 4 }))
        expect(segments.map(({ itemId, segment }) => [itemId, segment])).toEqual([
          ['B', 5],
          ['a', 0],
          ['a', 1],
          ['a', 2],
        ])
      })

      it('finds the first of many ties', async () => {
        const tied = Array.from({ length: 90 }, (_, i) => point(`tied-${String(i).padStart(2, '0')}`, [1, 1, 0]))
        await put(index, [point('first', [1, 0, 0]), ...tied])
        expect(await ids(near([1, 0, 0], { limit: 4 }))).toEqual(['first', 'tied-00', 'tied-01', 'tied-02'])
      })

      it('counts scores that round alike as ties', async () => {
        await put(index, [point('b', [1, 0, 0]), point('a', [1, 0.001, 0])])
        expect(await index.nearest(near([1, 0, 0]))).toMatchObject([
          { itemId: 'a', score: 1 },
          { itemId: 'b', score: 1 },
        ])
      })

      it('rounds scores to 3 decimals inside [-1, 1], whatever the length of the vectors', async () => {
        const awkward = [0.1, 0.7, 0.3]
        await put(index, [
          point('same', awkward),
          point(
            'opposite',
            awkward.map((x) => -x * 1e30),
          ),
          point(
            'tiny',
            awkward.map((x) => x * 1e-30),
          ),
          point('third', [1, 1, 1]),
        ])
        expect((await index.nearest(near(awkward))).map(({ itemId, score }) => [itemId, score])).toEqual([
          ['same', 1],
          ['tiny', 1],
          ['third', 0.827],
          ['opposite', -1],
        ])
      })

      it('scores the zero vector 0, stored or asked with', async () => {
        await put(index, [point('zero', [0, 0, 0]), point('one', [1, 0, 0])])
        expect(await index.nearest(near([1, 0, 0]))).toMatchObject([
          { itemId: 'one', score: 1 },
          { itemId: 'zero', score: 0 },
        ])
        expect((await index.nearest(near([0, 0, 0]))).map(({ score }) => score)).toEqual([0, 0])
      })

      it('returns vectors when asked to, scaled to length 1', async () => {
        await put(index, [point('a', [3, 4, 0])])
        const [found] = await index.nearest(near([1, 0, 0], { withVectors: true }))
        expect(found?.vector).toHaveLength(3)
        for (const [i, expected] of [0.6, 0.8, 0].entries()) expect(found?.vector?.[i]).toBeCloseTo(expected, 6)
      })

      it('answers several kinds of places at once as it answers each alone', async () => {
        await put(index, [
          point('a', [1, 0, 0], { words: ['loom', 'card'] }),
          point('b', [4, 3, 0], { kind: 'song' }),
          ...[0, 1, 2, 3].map((segment) =>
            point('a', [1, segment / 3, 0], { segment, words: [`word-${segment % 2}`] }),
          ),
        ])
        const places: Places[] = [
          { level: 'item', limit: 5 },
          { level: 'segment', limit: 2 },
          { level: 'segment', limit: 0 },
          { level: 'segment', limit: 5, filter: { words: ['word-1'] } },
          { level: 'item', limit: 5, filter: { kinds: ['song'] } },
          { level: 'item', limit: 5, filter: { words: ['nobody'] } },
        ]
        const target = { space: SPACE, vector: [1, 0, 0], withVectors: true }
        const each = await index.nearestOfEach(target, places)
        expect(each).toEqual(await Promise.all(places.map((asked) => index.nearest({ ...target, ...asked }))))
        expect(each.map((found) => found.map(({ itemId, segment }) => `${itemId} ${segment}`))).toEqual([
          ['a null', 'b null'],
          ['a 0', 'a 1'],
          [],
          ['a 1', 'a 3'],
          ['b null'],
          [],
        ])
        expect(await index.nearestOfEach(target, [])).toEqual([])
        expect(await index.nearestOfEach({ ...target, space: 'never-seen@1' }, places)).toEqual(places.map(() => []))
        await expect(index.nearestOfEach({ ...target, vector: [1, 0] }, places)).rejects.toBeInstanceOf(
          DimensionMismatch,
        )
      })

      it('finds nothing in an unknown space', async () => {
        expect(await index.nearest(near([1, 0, 0], { space: 'never-seen@1' }))).toEqual([])
      })
    })

    describe('keeping apart', () => {
      it('tenants, with equal item ids', async () => {
        await put(index, [point('a', [1, 0, 0], { version: 1 })])
        await put(other, [point('a', [1, 0, 0], { version: 2 }), point('b', [1, 0, 0])])
        expect((await index.nearest(near([1, 0, 0]))).map(({ payload }) => payload.version)).toEqual([1])
        await index.remove('a')
        await index.replaceItem('b', SPACE, [])
        expect(await ids(near([1, 0, 0]))).toEqual([])
        expect(await ids(near([1, 0, 0]), other)).toEqual(['a', 'b'])
      })

      it('levels', async () => {
        await put(index, [
          point('a', [1, 0, 0]),
          point('a', [1, 0, 0], { segment: 0 }),
          point('a', [0, 1, 0], { segment: 7 }),
        ])
        expect((await index.nearest(near([1, 0, 0]))).map(({ segment }) => segment)).toEqual([null])
        const segments = await index.nearest(near([1, 0, 0], { level: 'segment' }))
        expect(segments.map(({ segment }) => segment)).toEqual([0, 7])
      })

      it('what holds the points of one space and of another, under names that stay', async () => {
        const names = await Promise.all([SPACE, 'other@1', SPACE].map((space) => index.prepare(space, 3)))
        expect(new Set(names).size).toBe(2)
        await put(index, [point('a', [1, 0, 0])])
        const now = [await index.holder(SPACE), await index.knownHolder(SPACE), await index.prepare(SPACE, 3)]
        expect(now).toEqual([names[0], names[0], names[0]])
      })

      it('spaces, even of the same dimension or with names that look alike', async () => {
        const spaces = ['Mixed/Space@1', 'mixed/space@1', 'mixed_space@1', 'mixed space@1', 'mixed.space@1', '混合@1']
        await put(
          index,
          spaces.map((space) => point(`in ${space}`, [1, 0, 0], { space })),
        )
        for (const space of spaces) expect(await ids(near([1, 0, 0], { space }))).toEqual([`in ${space}`])
      })
    })

    describe('filters', () => {
      beforeEach(async () => {
        await put(index, [
          point('talk-en', [1, 0, 0], { kind: 'talk', language: 'en', topics: ['iab/1', 'iab/2'], words: ['bee'] }),
          point('talk-de', [1, 0.1, 0], { kind: 'talk', language: 'de', topics: ['iab/2'], words: ['soil', 'bee'] }),
          point('song-en', [1, 0.2, 0], { kind: 'song', language: 'en', topics: ['apple/1'] }),
          point('song-none', [1, 0.3, 0], { kind: 'song', language: null, topics: [] }),
        ])
      })
      const all = ['talk-en', 'talk-de', 'song-en', 'song-none']
      it.each([
        ['none', undefined, all],
        ['empty', {}, all],
        ['empty lists', { kinds: [], languages: [], topics: [], words: [], excludeItems: [] }, all],
        ['a kind', { kinds: ['song'] }, ['song-en', 'song-none']],
        ['kinds', { kinds: ['song', 'talk', 'video'] }, all],
        ['a language', { languages: ['en'] }, ['talk-en', 'song-en']],
        ['languages', { languages: ['de', 'fr'] }, ['talk-de']],
        ['a language in another case', { languages: ['EN'] }, ['talk-en', 'song-en']],
        ['a topic', { topics: ['iab/2'] }, ['talk-en', 'talk-de']],
        ['topics', { topics: ['iab/1', 'apple/1'] }, ['talk-en', 'song-en']],
        ['a word', { words: ['soil'] }, ['talk-de']],
        ['words, any of them', { words: ['bee', 'soil', 'moon'] }, ['talk-en', 'talk-de']],
        ['no part of a word', { words: ['be', 'Bee', 'bees', '%'] }, []],
        ['excluded items', { excludeItems: ['talk-en', 'unknown'] }, ['talk-de', 'song-en', 'song-none']],
        ['two together', { kinds: ['talk'], topics: ['iab/1', 'apple/1'] }, ['talk-en']],
        [
          'all together',
          { kinds: ['talk'], languages: ['en', 'de'], topics: ['iab/2'], excludeItems: ['talk-en'] },
          ['talk-de'],
        ],
        ['nothing matches', { kinds: ['talk'], topics: ['apple/1'] }, []],
      ])('%s', async (_, filter, expected) => {
        expect(await ids(near([1, 0, 0], filter === undefined ? {} : { filter }))).toEqual(expected)
      })

      it.each([
        ['a language finds its regions', ['en'], ['gb', 'us', 'plain']],
        ['a region does not find its language, nor another region', ['en-GB'], ['gb']],
        ['in whatever case', ['En-gB'], ['gb']],
        ['several', ['en-us', 'zh'], ['us', 'hant']],
        ['a range of two parts', ['zh-Hant'], ['hant']],
        ['nothing ends inside of a part', ['zh-Ha', 'e', 'en-'], []],
        ['nothing stands for any letter', ['e%', 'e_', 'en%'], []],
        ['any language', ['*'], ['gb', 'us', 'plain', 'enm', 'hant']],
      ])('language ranges: %s', async (_, languages, expected) => {
        const tags = { gb: 'en-GB', us: 'EN-us', plain: 'en', enm: 'enm', hant: 'zh-Hant-TW', none: null }
        await index.remove('talk-en')
        await index.remove('talk-de')
        await index.remove('song-en')
        await index.remove('song-none')
        await put(
          index,
          Object.entries(tags).map(([id, language], n) => point(id, [1, n / 10, 0], { language })),
        )
        expect(await ids(near([1, 0, 0], { filter: { languages } }))).toEqual(expected)
      })

      it('hold for segments as well', async () => {
        await put(index, [
          point('talk-en', [1, 0, 0], { segment: 1 }),
          point('talk-de', [1, 0, 0], { segment: 1, language: 'de' }),
        ])
        const filter = { languages: ['de'] }
        expect(await ids(near([1, 0, 0], { level: 'segment', filter }))).toEqual(['talk-de'])
      })
    })

    describe('writing', () => {
      it('replaces a point with its whole payload', async () => {
        await put(index, [point('a', [1, 0, 0], { topics: ['iab/1'], language: 'en' })])
        await put(index, [point('a', [0, 1, 0], { topics: [], language: null, version: 2 })])
        expect(await index.nearest(near([0, 1, 0]))).toMatchObject([
          { itemId: 'a', score: 1, payload: { topics: [], language: null, version: 2 } },
        ])
      })

      it('takes nothing, and the later of two points for one place', async () => {
        await index.replaceItem('a', SPACE, [])
        await put(index, [point('a', [1, 0, 0], { version: 1 }), point('a', [0, 1, 0], { version: 2 })])
        expect(await index.nearest(near([0, 1, 0]))).toMatchObject([{ itemId: 'a', score: 1, payload: { version: 2 } }])
      })

      it('refuses another dimension, and then writes nothing of the batch', async () => {
        await put(index, [point('a', [1, 0, 0])])
        const bad = put(index, [point('new', [1, 0, 0]), point('new', [1, 0], { segment: 0 })])
        await expect(bad).rejects.toBeInstanceOf(DimensionMismatch)
        await expect(bad).rejects.toThrow(/test-embedder@1.*3.*2/)
        await expect(index.replaceItem('a', SPACE, [point('a', [1, 0, 0, 0])])).rejects.toBeInstanceOf(
          DimensionMismatch,
        )
        expect(await ids(near([1, 0, 0]))).toEqual(['a'])
        await expect(put(other, [point('a', [1, 0])]), 'a space is the same for all tenants').rejects.toBeInstanceOf(
          DimensionMismatch,
        )
      })

      it('refuses two dimensions in the first batch of a space, and leaves the space free for either', async () => {
        const space = 'mixed-from-the-start@1'
        const mixed = [point('a', [1, 0, 0], { space }), point('a', [1, 0], { space, segment: 0 })]
        await expect(put(index, mixed)).rejects.toBeInstanceOf(DimensionMismatch)
        await put(index, [point('b', [1, 0], { space })])
        expect(await ids(near([1, 0], { space }))).toEqual(['b'])
      })

      it('refuses a query of another dimension, also where the tenant has no points', async () => {
        await put(index, [point('a', [1, 0, 0])])
        await expect(index.nearest(near([1, 0]))).rejects.toBeInstanceOf(DimensionMismatch)
        await expect(other.nearest(near([1, 0]))).rejects.toBeInstanceOf(DimensionMismatch)
      })

      it.each([
        ['NaN', [1, Number.NaN, 0]],
        ['infinity', [1, Number.POSITIVE_INFINITY, 0]],
        ['more than float32 holds', [1, 1e39, 0]],
        ['no components', []],
        ['too many components', Array.from({ length: 16_001 }, () => 1)],
      ])('refuses %s, and then writes nothing of the batch', async (_, vector) => {
        await expect(put(index, [point('a', [1, 0, 0]), point('a', vector, { segment: 0 })])).rejects.toBeInstanceOf(
          InvalidVector,
        )
        await expect(index.nearest(near(vector))).rejects.toBeInstanceOf(InvalidVector)
        expect(await ids(near([1, 0, 0]))).toEqual([])
      })

      it('takes a batch of 1,000 points and shows all of it to the next search', async () => {
        const ring = Array.from({ length: 1000 }, (_, i) => {
          const angle = (i / 1000) * Math.PI
          return point('long', [Math.cos(angle), Math.sin(angle), 0], { segment: i })
        })
        await put(index, ring)
        const found = await index.nearest(near([1, 0, 0], { level: 'segment', limit: 1000 }))
        expect(found).toHaveLength(1000)
        expect(new Set(found.map(({ segment }) => segment)).size).toBe(1000)
        expect(found.at(-1)?.segment).toBe(999)
      })

      it.each([
        ['unicode', 'Ünïcode 日本語 \u{1F3A7}'],
        ['quotes and SQL', `'"\`;--\\ {"$1": [null]} %s`],
        ['200 characters', '\u{1F3A7}'.repeat(200)],
        ['a UUID', '00000000-0000-0000-0000-000000000000'],
        ['a number', '42'],
        ['a path', '../a/b?c=d#e'],
      ])('keeps odd ids apart and intact: %s', async (_, id) => {
        await put(index, [point(id, [1, 0, 0]), point(`${id.slice(0, -1)}?`, [0, 1, 0])])
        expect((await ids(near([1, 0, 0])))[0]).toBe(id)
        expect(await ids(near([1, 0, 0], { filter: { excludeItems: [id] } }))).not.toContain(id)
        await index.remove(id)
        expect(await ids(near([1, 0, 0]))).toHaveLength(1)
      })

      it('survives two writers of one item: the outcome is one or the other', async () => {
        const version = (n: number) =>
          [0, 1, 2].slice(0, n).map((segment) => point('a', [1, n, 0], { segment, version: n }))
        await Promise.all([put(index, [point('a', [1, 0, 0])]), put(index, [point('a', [0, 1, 0])])])
        expect(await ids(near([1, 1, 0]))).toEqual(['a'])
        await Promise.all([1, 2, 3].map((n) => index.replaceItem('a', SPACE, version(n))))
        const found = await index.nearest(near([1, 1, 0], { level: 'segment' }))
        expect(found.length).toBeGreaterThan(0)
        expect(new Set(found.map(({ payload }) => payload.version))).toEqual(new Set([found.length]))
      })

      it('is ready for the first points of a space from many writers at once', async () => {
        const space = `raced-${tenants}@1`
        const writers = Array.from({ length: 8 }, (_, i) => opened.engine.for(`racer-${i}`))
        await Promise.all(writers.map((writer) => put(writer, [point('a', [1, 0, 0], { space })])))
        const found = await Promise.all(writers.map((writer) => ids(near([1, 0, 0], { space }), writer)))
        expect(found).toEqual(writers.map(() => ['a']))
      })
    })

    describe('replacing and removing', () => {
      const second = 'second-embedder@1'

      it('replaces exactly one item in one space', async () => {
        await put(index, [
          point('a', [1, 0, 0]),
          ...[0, 1, 2, 3].map((segment) => point('a', [1, 0, 0], { segment })),
          point('a', [1, 0, 0], { space: second }),
          point('b', [1, 0, 0]),
        ])
        await index.replaceItem('a', SPACE, [
          point('a', [0, 1, 0], { segment: 1, version: 2 }),
          point('a', [0, 1, 0], { segment: 9, version: 2 }),
        ])
        const segments = await index.nearest(near([0, 1, 0], { level: 'segment' }))
        expect(segments.map(({ segment, score, payload }) => [segment, score, payload.version])).toEqual([
          [1, 1, 2],
          [9, 1, 2],
        ])
        expect(await ids(near([1, 0, 0]))).toEqual(['b'])
        expect(await ids(near([1, 0, 0], { space: second }))).toEqual(['a'])
      })

      it('replaces by nothing, and in a space without points', async () => {
        await put(index, [point('a', [1, 0, 0]), point('b', [1, 0, 0])])
        await index.replaceItem('a', SPACE, [])
        await index.replaceItem('a', 'never-written@1', [])
        expect(await ids(near([1, 0, 0]))).toEqual(['b'])
      })

      it('refuses points of another item or space', async () => {
        await put(index, [point('a', [1, 0, 0])])
        await expect(index.replaceItem('a', SPACE, [point('b', [1, 0, 0])])).rejects.toBeInstanceOf(TypeError)
        await expect(index.replaceItem('a', second, [point('a', [1, 0, 0])])).rejects.toBeInstanceOf(TypeError)
        expect(await ids(near([1, 0, 0]))).toEqual(['a'])
      })

      it('removes an item from all spaces, whole and segments, and nothing else', async () => {
        await put(index, [
          point('a', [1, 0, 0]),
          point('a', [1, 0, 0], { segment: 0 }),
          point('a', [1, 0, 0], { space: second }),
          point('ab', [1, 0, 0]),
        ])
        await index.remove('a')
        expect(await ids(near([1, 0, 0]))).toEqual(['ab'])
        expect(await ids(near([1, 0, 0], { level: 'segment' }))).toEqual([])
        expect(await ids(near([1, 0, 0], { space: second }))).toEqual([])
      })

      it('takes the removal of an unknown item, in a tenant with points and in one without', async () => {
        await put(index, [point('a', [1, 0, 0])])
        await index.remove('unknown')
        await other.remove('a')
        expect(await ids(near([1, 0, 0]))).toEqual(['a'])
      })
    })

    it('answers a ping with its version', async () => {
      expect(opened.engine.name).toMatch(/^[a-z]+$/)
      expect((await opened.engine.ping()).version).toMatch(/^\d+\.\d+/)
    })
  })
}
