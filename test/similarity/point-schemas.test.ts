import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundScore, unitVector } from '../../src/similarity/cosine.ts'
import { byScore, preparePoints } from '../../src/similarity/point-schemas.ts'
import { itemFilter } from '../../src/similarity/qdrant/qdrant-filter.ts'
import { inBatches, pointId } from '../../src/similarity/qdrant/qdrant-points.ts'
import { InvalidVector } from '../../src/similarity/similarity-index.ts'
import { point } from '../contracts/similarity.ts'

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true })
const vector = fc.array(float32, { minLength: 1, maxLength: 40 })
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

describe('unit vectors', () => {
  it('have length 1, or stay zero, whatever the size of their components', () => {
    fc.assert(
      fc.property(vector, (components) => {
        const unit = unitVector(components, 'v')
        const isZero = components.every((component) => component === 0)
        expect(Math.sqrt(dot(unit, unit))).toBeCloseTo(isZero ? 0 : 1, 5)
        expect(unit).toHaveLength(components.length)
      }),
    )
  })
  it('point where they pointed', () => {
    const ordinary = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(ordinary, fc.constantFrom(1e-30, 1, 1e30), (components, factor) => {
        fc.pre(components.some((component) => Math.abs(component) > 0.01))
        const scaled = components.map((component) => component * factor)
        const cosine = dot(unitVector(scaled, 'v'), components) / Math.sqrt(dot(components, components))
        expect(cosine).toBeCloseTo(1, 5)
      }),
    )
  })
  it('hold at most 7 significant digits', () => {
    fc.assert(
      fc.property(vector, (components) => {
        for (const component of unitVector(components, 'v')) expect(Number(component.toPrecision(7))).toBe(component)
      }),
    )
  })
  it('are refused with the component that is wrong, and whose it is', () => {
    const holed = [1, 2, 3]
    delete holed[1]
    expect(() => unitVector([0, Number.NaN], 'item x')).toThrow(/component 1 of the vector of item x is NaN/)
    expect(() => unitVector(holed, 'item x')).toThrow(InvalidVector)
    expect(() => unitVector([3.5e38], 'item x')).toThrow(InvalidVector)
    expect(unitVector([3.4028234663852886e38], 'item x')).toEqual([1])
    expect(() => Reflect.apply(unitVector, undefined, [Float32Array.of(1, 0), 'item x'])).toThrow(/plain array/)
  })
})

describe('scores', () => {
  it('lie within [-1, 1], have 3 decimals and are never -0', () => {
    fc.assert(
      fc.property(fc.double({ min: -1.001, max: 1.001, noNaN: true }), (cosine) => {
        const score = roundScore(cosine)
        expect(Math.abs(score)).toBeLessThanOrEqual(1)
        expect(Number(score.toFixed(3))).toBe(score)
        expect(Object.is(score, -0)).toBe(false)
        expect(Math.abs(score - cosine)).toBeLessThanOrEqual(0.0011)
      }),
    )
    expect([1.0000001, -1.0000001, -0.0001, 0.1234, 0.1236].map(roundScore)).toEqual([1, -1, 0, 0.123, 0.124])
  })
  it('order neighbours the same way however they come', () => {
    const neighbour = fc.record({
      itemId: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
      segment: fc.option(fc.nat(3)),
      score: fc.constantFrom(-1, 0, 0.5, 1),
      payload: fc.constant(point('a', [1]).payload),
      vector: fc.constant(null),
    })
    fc.assert(
      fc.property(fc.array(neighbour, { maxLength: 12 }), (neighbours) => {
        const key = (list: typeof neighbours) => list.map(({ itemId, segment, score }) => [score, itemId, segment])
        expect(key(neighbours.toReversed().sort(byScore))).toEqual(key(neighbours.toSorted(byScore)))
      }),
    )
  })
})

describe('prepared points', () => {
  it('keep one point a place, the last, and strings that databases take', () => {
    const broken = 'a\0b\uD800'
    const [first, ...others] = preparePoints([
      point(broken, [1, 0]),
      point(broken, [0, 2], { topics: [broken], textHash: broken, language: broken }),
      point(broken, [1, 0], { segment: 0 }),
      point(broken, [1, 0], { space: 'other@1' }),
    ])
    const mended = 'a\uFFFDb\uFFFD'
    expect(first).toEqual({
      ...point(mended, [0, 1]),
      payload: { kind: 'talk', language: mended, topics: [mended], textHash: mended, version: 1 },
    })
    expect(others.map(({ space, segment }) => [space, segment])).toEqual([
      ['test-embedder@1', 0],
      ['other@1', null],
    ])
  })
  it.each([-1, 0.5, Number.NaN])('refuse segment %d', (segment) => {
    expect(() => preparePoints([point('a', [1], { segment })])).toThrow(TypeError)
  })
})

describe('point ids', () => {
  it('are UUIDs that never change', () => {
    expect(pointId('default', { itemId: 'i_1', segment: 3, space: 'use-lite-en@0.2.0' })).toBe(
      'f9f60377-12ae-55ba-8c6e-c0e5840e2478',
    )
  })
  it('differ where tenant, item, segment or space differ', () => {
    const text = fc.constantFrom('', 'a', 'b', 'a,b', '"', '["a"', 'null', '0')
    const place = fc.tuple(text, text, fc.constantFrom(null, 0, 1), text)
    fc.assert(
      fc.property(place, place, ([t, itemId, segment, space], [t2, itemId2, segment2, space2]) => {
        const same = t === t2 && itemId === itemId2 && segment === segment2 && space === space2
        expect(
          pointId(t, { itemId, segment, space }) === pointId(t2, { itemId: itemId2, segment: segment2, space: space2 }),
        ).toBe(same)
      }),
    )
  })
})

describe('requests', () => {
  it('hold every point once, in order, and never more than fits', () => {
    fc.assert(
      fc.property(fc.nat(700), fc.constantFrom(1, 512, 3072, 16_000), (count, dimension) => {
        const shared = new Array<number>(dimension).fill(0)
        const points = Array.from({ length: count }, (_, segment) => point('a', shared, { segment }))
        const batches = [...inBatches(points)]
        expect(batches.flat()).toEqual(points)
        for (const batch of batches) expect(batch.length === 1 || batch.length * dimension * 20 < 33_554_432).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
  it('name tenant and item in every delete', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.uuid()), (tenant, item, except) => {
        const filter = () => itemFilter(tenant, item, except)
        if (tenant === '' || item === '') expect(filter).toThrow(TypeError)
        else
          expect(filter().must).toEqual([
            { key: 'tenant', match: { value: tenant } },
            { key: 'item', match: { value: item } },
          ])
      }),
    )
  })
})
