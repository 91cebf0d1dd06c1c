import { describe, expect, it } from 'vitest'
import { hasCommaTimes, looksLikeCues, readBlocks } from '../../../src/ingest/transcripts/cue-blocks.ts'

const file = (...lines: string[]) => lines.join('\n')
const said = (text: string) => readBlocks(text).cues.map(({ lines }) => lines.filter((line) => line !== ''))
const SRT = file(
  '1',
  '00:00:01,000 --> 00:00:02,500',
  'Looms',
  'read cards.',
  '',
  '2',
  '00:00:03,000 --> 00:00:04,000',
  'Yes.',
)

describe('the cues of a subtitle file', () => {
  it('have their times and lines; numbers and ids belong to none', () => {
    expect(readBlocks(SRT)).toEqual({
      cues: [
        { startMs: 1000, endMs: 2500, lines: ['Looms', 'read cards.'] },
        { startMs: 3000, endMs: 4000, lines: ['Yes.'] },
      ],
      broken: 0,
      mended: 0,
      language: undefined,
    })
    const named = file(
      'WEBVTT',
      '',
      'first',
      '00:01.000 --> 00:02.000',
      'Looms',
      '',
      'second',
      '00:03.000 --> 00:04.000',
      'Yes.',
    )
    expect(said(named)).toEqual([['Looms'], ['Yes.']])
  })

  it('go on after a blank line, as they do in real files', () => {
    expect(said(file('00:01.000 --> 00:02.000', 'Looms', '', 'read cards.'))).toEqual([['Looms', 'read cards.']])
  })

  it('may have their words on the line of the times, and then the line before is speech', () => {
    const printed = file('[00:00:01.000 --> 00:00:02.000]  Looms', '[00:00:02.000 --> 00:00:03.000]  read cards.')
    expect(said(printed)).toEqual([['Looms'], ['read cards.']])
    expect(said(`${printed}\nslowly.\n[00:00:03.000 --> 00:00:04.000]  Yes.`)[1]).toEqual(['read cards.', 'slowly.'])
  })

  it('are not what comments, styles and the header hold; the header names the language', () => {
    const vtt = file(
      'WEBVTT',
      'Kind: captions',
      'Language: pt-BR',
      '',
      'STYLE',
      '::cue {}',
      '',
      'NOTE Looms',
      'hidden',
      '',
      '00:01.000 --> 00:02.000',
      'Said.',
      'NOTE said too',
    )
    expect(said(vtt)).toEqual([['Said.', 'NOTE said too']])
    expect(readBlocks(vtt).language).toBe('pt-BR')
    expect(said(file('NOTE', '00:01.000 --> 00:02.000', 'Said.'))).toEqual([['Said.']])
  })

  it('are counted where their arrow is mended or their times cannot be read, and no words are lost', () => {
    const { cues, broken, mended } = readBlocks(
      file('00:01.000 -> 00:02.000', 'One.', '', '00:03.000 → 00:04.000', 'Two.', '', 'soon --> later', 'Three.'),
    )
    expect([mended, broken]).toEqual([2, 1])
    expect(cues.map(({ startMs, lines }) => [startMs, lines[0]])).toEqual([
      [1000, 'One.'],
      [3000, 'Two.'],
      [null, 'Three.'],
    ])
  })
})

describe('a text without a header', () => {
  it('is a subtitle file if most of its lines belong to cues', () => {
    expect(looksLikeCues(SRT)).toBe(true)
    expect(looksLikeCues('00:01.000 --> 00:02.000\nLooms.')).toBe(true)
  })

  it('is none if it only quotes times, or if most of its times are broken', () => {
    expect(looksLikeCues('Looms read cards.')).toBe(false)
    expect(looksLikeCues(file('We write cues so:', 'Like this:', '00:01.000 --> 00:02.000', 'See?'))).toBe(false)
    expect(
      looksLikeCues(
        file(
          ...Array.from({ length: 9 }, () => 'Speech.'),
          '00:01.000 --> 00:02.000',
          'Looms.',
          '00:02.000 --> 00:03.000',
          'Yes.',
        ),
      ),
    ).toBe(false)
    expect(looksLikeCues(file('00:01.000 --> 00:02.000', 'a', '00:02.000 --> x', 'b', '00:03.000 --> x', 'c'))).toBe(
      false,
    )
  })

  it('is SRT if its times have a comma before the fraction', () => {
    expect(hasCommaTimes(SRT)).toBe(true)
    expect(hasCommaTimes(SRT.replaceAll(',', '.'))).toBe(false)
    expect(hasCommaTimes('At 00:00:01,000 --> it began')).toBe(false)
  })
})
