import { describe, expect, it } from 'vitest'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'
import { TranscriptError } from '../../../src/ingest/transcripts/transcript-error.ts'
import { processorMs, slowness } from '../../support/processor-time.ts'

function failure(input: string | Uint8Array): TranscriptError {
  try {
    readTranscript(input)
  } catch (error) {
    if (error instanceof TranscriptError) return error
    throw error
  }
  throw new Error('was read')
}

describe('input that is no transcript', () => {
  it.each<[string, string | Uint8Array, TranscriptError['kind']]>([
    ['nothing', '', 'empty'],
    ['white space and a BOM', '\uFEFF \r\n\t', 'empty'],
    ['random bytes', Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256), 'binary'],
    ['a PDF', Buffer.from('%PDF-1.7 text'), 'binary'],
    ['an MP3', Buffer.from('ID3\u0003 text'), 'binary'],
    ['an MP4', Buffer.from('\0\0\0 ftypisom'), 'binary'],
    ['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0]), 'binary'],
    ['a 200 MB file', new Uint8Array(200 * 1024 * 1024), 'too_large'],
    ['a VTT header alone', 'WEBVTT\n\n', 'broken'],
    ['VTT whose times are broken', 'WEBVTT\n\nxx --> yy\nhello\n', 'broken'],
    ['cues without words', 'WEBVTT\n\n00:01.000 --> 00:02.000\n...\n', 'no_words'],
    ['punctuation', '... --- !!!', 'no_words'],
    ['cut JSON', '{"segments": [{"body": "hel', 'broken'],
    ['JSON of something else', '{"price": 3}', 'broken'],
    ['JSON that is too deep', '['.repeat(200_000) + ']'.repeat(200_000), 'too_deep'],
    ['JSON that is too deep, in objects', '{"a":'.repeat(200_000), 'too_deep'],
    ['HTML that is too deep', `${'<div>'.repeat(1_000_000)}hello`, 'too_deep'],
    ['a feed', '<?xml version="1.0"?><rss version="2.0"><channel/></rss>', 'broken'],
    ['TTML', '<tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>', 'broken'],
    ['unknown XML', '<?xml version="1.0"?><invoice><total>3</total>', 'broken'],
    ['front matter alone', '---\ntitle: x\n---\n', 'no_words'],
  ])('is refused in one line that says what is wrong: %s', (_, input, kind) => {
    const error = failure(input)
    expect(error.kind).toBe(kind)
    expect(error.message).toMatch(/^\S.*[.!?]$/)
    expect(error.message).not.toContain('\n')
  })

  const spoken = 'The tide comes in twice a day.'
  const cue = `WEBVTT\n\n00:01.000 --> 00:02.000\n${spoken}\n`
  const html = `<p>${spoken}</p>`
  it.each([spoken, cue, html, `# Tides\n\n${spoken}\n`, JSON.stringify({ segments: [{ body: spoken }] })])(
    'is refused if it is longer than allowed, with the bound and the setting; markup does not count: %j',
    (input) => {
      expect(readTranscript(input, { maxChars: spoken.length }).transcript.text).toBe(spoken)
      expect(() => readTranscript(input, { maxChars: spoken.length - 1 })).toThrow(
        'The transcript has 30 characters; at most 29 are worked through. Give it in parts, each an item of its own, or raise LINERNOTES_MAX_TRANSCRIPT_CHARS.',
      )
    },
  )

  it('is read as windows-1252 with a note that this is a guess', () => {
    const { transcript } = readTranscript(Buffer.from('Caf\xe9 \x93now\x94 and then', 'latin1'))
    expect(transcript.text).toBe('Café “now” and then')
    expect(transcript.warnings).toEqual(['The text is not valid UTF-8 and was read as windows-1252.'])
  })

  it('has its lone surrogates and unusual line ends repaired', () => {
    expect(readTranscript('One \ud800 two\u2028three\u0085four').transcript.text).toBe('One \ufffd two\nthree\nfour')
  })

  it('does not slow the parser by hostile patterns', () => {
    const hostile = [
      'a:'.repeat(50_000),
      '['.repeat(50_000),
      '*'.repeat(50_000),
      '# '.repeat(50_000),
      `x ${'_ '.repeat(50_000)}`,
      '<v '.repeat(30_000),
      `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<v '.repeat(30_000)}a`,
      `# h\n\n${'[a]('.repeat(30_000)}`,
      `# h\n\n${'**a '.repeat(20_000)}`,
      `# h\n\n${'_a '.repeat(20_000)}`,
      `<p>${'<b>x</b> y '.repeat(50_000)}`,
      `<p>a ${'<cite>x</cite> '.repeat(50_000)}`,
      `---\n${'a: &a [*a]\n'.repeat(1000)}---\nhello`,
    ]
    for (const text of hostile) {
      const begun = processorMs()
      try {
        readTranscript(text)
      } catch (error) {
        expect(error).toBeInstanceOf(TranscriptError)
      }
      expect(processorMs() - begun, text.slice(0, 40)).toBeLessThan(3000 * slowness())
    }
  })
})
