import { describe, expect, it } from 'vitest'
import { checkEvidence } from '../../tools/check-evidence.ts'
import { call, depsFor, SENTENCES } from './tool-deps.ts'

const check = async (args: unknown) => call(checkEvidence, await depsFor(SENTENCES), args)

describe('check_evidence', () => {
  it('finds a quote word for word and shows the text around it', async () => {
    expect(await check({ segment: 3, quote: 'The moon pulls the sea' })).toEqual({
      ok: true,
      value: {
        match: 'verbatim',
        similarity: 1,
        quote: 'The moon pulls the sea',
        segment: 3,
        context: expect.stringMatching(/bread that bakes itself\. The moon pulls .* watches both\./),
      },
    })
  })

  it('gives the true words for a quote that is nearly right', async () => {
    expect(
      await check({ segment: 3, quote: 'the moon pulls the sea and so the tides come twice the day' }),
    ).toMatchObject({
      ok: true,
      value: { match: 'drift', quote: 'The moon pulls the sea, and so the tides come twice a day', similarity: 0.923 },
    })
  })

  it('names the segment that holds the words if the given one does not', async () => {
    expect(await check({ segment: 1, quote: 'the tides come twice a day' })).toMatchObject({
      ok: true,
      value: { match: 'verbatim', segment: 3, note: expect.stringMatching(/segment 3/) },
    })
  })

  it('searches the whole transcript if no segment is given', async () => {
    expect(await check({ quote: 'carry pollen home' })).toMatchObject({
      ok: true,
      value: { match: 'verbatim', segment: 1 },
    })
  })

  it('says that words are not there, and what is there instead', async () => {
    expect(await check({ segment: 1, quote: 'the queen rules the hive with an iron sting' })).toEqual({
      ok: true,
      value: {
        match: 'none',
        similarity: 0,
        quote: null,
        segment: 1,
        context: 'The bees leave the hive at dawn, and they carry pollen home.',
        note: expect.stringMatching(/drop the label/),
      },
    })
  })

  it.each([
    ['title', 'Bees by the sea'],
    ['description', 'insects know'],
  ])('looks in the %s', async (source, quote) => {
    expect(await check({ source, quote })).toMatchObject({
      ok: true,
      value: { match: 'verbatim', segment: null, quote },
    })
  })

  it.each([
    ['a segment that does not exist', SENTENCES, { segment: 9, quote: 'x' }, /0 to 4/],
    ['an item without transcript', [], { segment: 0, quote: 'x' }, /no transcript/],
  ])('says what to do about %s', async (_, sentences, args, problem) => {
    expect(await call(checkEvidence, await depsFor(sentences), args)).toEqual({
      ok: false,
      problem: expect.stringMatching(problem),
    })
  })

  it('says that there is no description', async () => {
    const deps = await depsFor(SENTENCES)
    const bare = { ...deps, reading: { ...deps.reading, description: '' } }
    expect(await call(checkEvidence, bare, { source: 'description', quote: 'x' })).toEqual({
      ok: false,
      problem: expect.stringMatching(/no description/),
    })
  })
})
