import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Item } from '../../../src/content/item.ts'
import { sha256 } from '../../../src/content/text/hash.ts'
import { recordedValue } from '../../../src/ledger/recorded-run.ts'
import { readRecording } from '../../../src/recordings/read/read-recording.ts'
import { type Recording, requireWhole } from '../../../src/recordings/recording.ts'
import { writeRecording } from '../../../src/recordings/write/write-recording.ts'
import { bytesOf, comparable, document, inPieces, recordingOfParts, recordings, sample } from '../recording-samples.ts'

const MARKER = 'Zwiebelkuchen'

/** Puts the marker into every place where words of an item, a person or a model can stand. */
function telling(): Recording {
  const evidence = {
    kind: 'text' as const,
    source: 'transcript' as const,
    text: sha256(MARKER),
    segment: 0,
    quote: MARKER,
    start: 0,
    end: 13,
    startMs: null,
    endMs: null,
    timing: null,
    speaker: MARKER,
    match: 'verbatim' as const,
  }
  const label = { score: 0.5, confidence: null, contested: false, origin: 'model' as const, evidence: [evidence] }
  const chat = (n: number) => ({
    node: 'topics',
    visit: 0,
    kind: 'chat' as const,
    n,
    outcome: 'ok' as const,
    startedAt: 1,
    ms: 1,
    cost: null,
    retries: 0,
    request: {
      model: 'openai:cast',
      messages: [
        { role: 'system', content: `You know all about ${MARKER}.` },
        { role: 'user', content: `${MARKER} `.repeat(200) },
        { role: 'user', content: [{ type: 'image', url: `https://example.com/${MARKER}.png` }] },
        { role: 'assistant', content: MARKER, toolCalls: [{ id: 't0', name: MARKER, args: { [MARKER]: n } }] },
        { role: 'tool', callId: 't0', name: 'lookup_taxonomy', content: JSON.stringify({ says: MARKER }) },
      ],
      tools: [
        {
          name: 'lookup_taxonomy',
          description: `Finds ${MARKER}.`,
          parameters: {
            type: 'object',
            properties: { phrase: { type: 'string', description: MARKER } },
            required: ['phrase'],
          },
        },
      ],
      toolChoice: { name: 'lookup_taxonomy' },
    },
    response: {
      content: MARKER,
      toolCalls: [{ id: 'call_1', name: 'lookup_taxonomy', args: { phrase: MARKER, taxonomy: MARKER, id: MARKER } }],
      finish: 'tool_calls',
    },
  })
  return recordingOfParts(
    {
      steps: [
        { node: 'intake', visit: 0, superstep: 1, startedAt: 1, ms: 1, error: `Error: ${MARKER}`, update: null },
        {
          node: 'topics',
          visit: 0,
          superstep: 2,
          startedAt: 1,
          ms: 1,
          error: null,
          update: { drafts: { topics: { labels: [{ key: MARKER, name: MARKER, score: 0.5 }] } }, [MARKER]: [MARKER] },
        },
      ],
      exchanges: [
        chat(0),
        chat(1),
        { ...chat(0), kind: 'embed', request: { text: MARKER }, response: Array.from({ length: 512 }, () => 0.123) },
      ],
    },
    {
      item: Item.parse({
        id: MARKER,
        guid: MARKER,
        url: `https://example.com/${MARKER}`,
        kind: 'talk',
        title: MARKER,
        description: `${MARKER} and more`,
        language: 'english',
        parent: { id: MARKER, kind: MARKER, title: MARKER, publisher: MARKER },
        categories: [MARKER],
        transcripts: [
          { text: MARKER, type: `text/${MARKER}` },
          { url: `https://example.com/${MARKER}.vtt`, type: 'text/vtt', rel: MARKER },
        ],
        chapters: [{ startMs: 0, title: MARKER }],
        audio: { url: `https://example.com/${MARKER}.mp3`, type: MARKER },
        artwork: { url: `https://example.com/${MARKER}.png` },
      }),
      document: document({
        item: { ...document().item, id: MARKER, title: MARKER, parent: { title: MARKER }, language: MARKER },
        timeline: { audioUrl: `https://example.com/${MARKER}.mp3`, durationMs: 1 },
        summary: { short: MARKER, long: MARKER, claims: [{ key: MARKER, text: MARKER, evidence: [evidence] }] },
        topics: [
          {
            key: 'iab-content-3.1/123',
            taxonomy: 'iab-content-3.1',
            id: '123',
            name: 'Baking',
            path: ['Food', 'Baking'],
            ...label,
          },
        ],
        entities: [
          {
            key: `person/${MARKER}`,
            name: MARKER,
            type: 'person',
            aliases: [MARKER],
            salience: 1,
            mentions: 1,
            sameAs: [MARKER],
            ...label,
          },
        ],
        chapters: [
          {
            key: MARKER,
            title: MARKER,
            startMs: 0,
            endMs: 1,
            timing: 'source',
            firstSegment: 0,
            lastSegment: 0,
            origin: 'publisher',
          },
        ],
        attributes: { format: { key: 'format', value: 'interview', ...label } },
        abstentions: [{ facet: 'summary', reason: MARKER }],
        provenance: { ...document().provenance, notes: [MARKER] },
        similar: [{ itemId: MARKER, score: 1 }],
        duplicateOf: MARKER,
        extra: { [MARKER]: { deep: [MARKER, { name: MARKER }] } },
      }),
      derived: [
        {
          textHash: sha256(MARKER),
          kind: 'segments',
          version: 'segmenter@1',
          value: [
            {
              index: 0,
              start: 0,
              end: 13,
              words: 1,
              language: 'en',
              role: 'content',
              speaker: MARKER,
              startMs: null,
              endMs: null,
              timing: null,
            },
          ],
        },
        { textHash: sha256(MARKER), kind: 'vectors', version: 'fake@1', value: { [sha256(MARKER)]: 'AACAPwAAAAA=' } },
      ],
      run: { ...sample().run, itemId: MARKER, error: `Error: ${MARKER}` },
    },
  )
}

const redacted = async (recording: Recording) => bytesOf(writeRecording(recording, { redact: true }))

describe('a redacted recording', () => {
  it('holds no word of the item, its people, the prompts and the answers', async () => {
    const open = gunzipSync(await bytesOf(writeRecording(telling()))).toString()
    expect(open.split(MARKER).length).toBeGreaterThan(60)
    const text = gunzipSync(await redacted(telling())).toString()
    expect(text.toLowerCase()).not.toContain(MARKER.toLowerCase())
    // It holds nothing from which a text could be guessed, either.
    expect(text).not.toContain('0.123')
    expect(text).not.toContain('AACAPw')
  })

  it('keeps nodes, tools, models, taxonomy nodes, shapes, lengths, times and the hashes of what was left out', async () => {
    const whole = telling()
    const read = await readRecording(inPieces(await redacted(whole)))
    expect(read.redacted).toBe(true)
    expect(read.exchanges).toEqual(whole.exchanges)
    expect(read.configuration).toEqual(whole.configuration)
    expect(read.item).toMatchObject({ id: sha256(MARKER), kind: 'talk', title: '[redacted: 13]', language: 'und' })
    expect(read.item.transcripts[1]).toEqual({
      url: 'https://redacted.invalid/37',
      type: 'text/vtt',
      rel: '[redacted: 13]',
    })
    expect(read.document?.topics[0]).toMatchObject({ taxonomy: 'iab-content-3.1', id: '123', path: ['Food', 'Baking'] })
    expect(read.document?.topics[0]?.evidence[0]).toMatchObject({
      quote: '[redacted: 13]',
      text: sha256(MARKER),
      end: 13,
    })
    expect(read.document?.attributes.format?.value).toBe('interview')
    const [call] = read.exchanges
    if (call === undefined) throw new Error('there is a call')
    expect(recordedValue(read, call.request)).toEqual({
      model: 'openai:cast',
      messages: [
        { role: 'system', content: '[redacted: 33]' },
        { role: 'user', content: '[redacted: 2800]' },
        { role: 'user', content: [{ type: 'image', url: 'https://redacted.invalid/37' }] },
        {
          role: 'assistant',
          content: '[redacted: 13]',
          toolCalls: [{ id: 't0', name: '[redacted: 13]', args: { '[redacted 0]': 0 } }],
        },
        { role: 'tool', callId: 't0', name: 'lookup_taxonomy', content: '[redacted: 24]' },
      ],
      tools: [
        {
          name: 'lookup_taxonomy',
          description: expect.stringMatching(/^\[redacted: \d+\]$/),
          parameters: {
            type: 'object',
            properties: { phrase: { type: 'string', description: '[redacted: 13]' } },
            required: ['phrase'],
          },
        },
      ],
      toolChoice: { name: 'lookup_taxonomy' },
    })
    expect(recordedValue(read, call.response)).toMatchObject({
      toolCalls: [{ name: 'lookup_taxonomy', args: { phrase: '[redacted: 13]', taxonomy: '[redacted: 13]' } }],
      finish: 'tool_calls',
    })
  })

  it('is refused if it was changed, like any other', async () => {
    const bytes = await redacted(telling())
    expect(comparable(await readRecording(inPieces(bytes)))).toBeTruthy()
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff
    await expect(readRecording(inPieces(bytes))).rejects.toMatchObject({ name: 'RecordingError' })
  })

  it('cannot be replayed, and the message says what to do', async () => {
    const read = await readRecording(inPieces(await redacted(sample())))
    expect(() => requireWhole(read)).toThrow(/record the run again without --redact/)
    expect(requireWhole(sample()).redacted).toBe(false)
  })

  it('stays as it is when it is redacted again', async () => {
    const once = await redacted(telling())
    expect(await redacted(await readRecording(inPieces(once)))).toEqual(once)
  })

  it('can be made from any recording', async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (recording) => {
        const read = await readRecording(inPieces(await redacted(recording)))
        expect(read.exchanges).toEqual(recording.exchanges)
        expect(read.item.title.length > 0).toBe(recording.item.title.length > 0)
      }),
      { numRuns: 40 },
    )
  })
})
