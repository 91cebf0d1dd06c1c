import { describe, expect, it } from 'vitest'
import { readTranscript } from '../../tools/read-transcript.ts'
import { call, depsFor, SENTENCES } from './tool-deps.ts'

describe('read_transcript', () => {
  it('reads consecutive segments with role and speaker, each on one line', async () => {
    expect(await call(readTranscript, await depsFor(SENTENCES), { from: 1, to: 2 })).toEqual({
      ok: true,
      value: {
        segments: [
          {
            segment: 1,
            role: 'content',
            speaker: 'Dr. Okafor',
            text: 'The bees leave the hive at dawn, and they carry pollen home.',
          },
          { segment: 2, role: 'ad', speaker: 'Host', text: SENTENCES[2]?.text },
        ],
      },
    })
  })

  it('gives at most 40 segments and says where to go on', async () => {
    const deps = await depsFor(Array.from({ length: 100 }, (_, n) => ({ text: `Sentence ${n}.` })))
    const found = await call(readTranscript, deps, { from: 10, to: 99 })
    expect(found).toMatchObject({ ok: true, value: { truncated: { next: 50 } } })
    expect(JSON.stringify(found)).not.toContain('Sentence 50.')
  })

  it('stays within its bound of characters, but gives at least one segment', async () => {
    const deps = await depsFor(Array.from({ length: 30 }, () => ({ text: 'long words '.repeat(1000).trim() })))
    const found = await call(readTranscript, deps, { from: 0, to: 29 })
    expect(JSON.stringify(found).length).toBeLessThan(16_000)
    expect(found).toMatchObject({ ok: true, value: { segments: { 0: { segment: 0 } }, truncated: { next: 6 } } })
  })

  it('reads to the end if more is asked for than there is', async () => {
    const found = await call(readTranscript, await depsFor(SENTENCES), { from: 4, to: 900 })
    expect(found).toEqual({ ok: true, value: { segments: [expect.objectContaining({ segment: 4 })] } })
  })

  it.each([
    [{ from: 5, to: 6 }, /no segment 5.*0 to 4/],
    [{ from: 3, to: 1 }, /swap/],
  ])('says what is wrong with %j', async (args, problem) => {
    expect(await call(readTranscript, await depsFor(SENTENCES), args)).toEqual({
      ok: false,
      problem: expect.stringMatching(problem),
    })
  })

  it('says where else to look if there is no transcript', async () => {
    const found = await call(readTranscript, await depsFor([]), { from: 0, to: 0 })
    expect(found).toEqual({ ok: false, problem: expect.stringContaining('title and the description') })
  })
})
