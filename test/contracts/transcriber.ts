import { describe, expect, it } from 'vitest'
import { type Transcriber, Transcription } from '../../src/models/transcriber.ts'

export const speech = { bytes: new Uint8Array([82, 73, 70, 70]), filename: 'talk.wav', contentType: 'audio/wav' }

/** What every transcriber promises; `hearing` gives one that hears at least one segment of speech. */
export function transcriberContract(name: string, hearing: () => Transcriber): void {
  describe(`transcriber contract: ${name}`, () => {
    it('answers in the shape of a transcription, segments in order, times in whole milliseconds', async () => {
      const heard = await hearing().transcribe(speech)
      expect(Transcription.parse(heard)).toEqual(heard)
      expect(heard.segments.length).toBeGreaterThan(0)
      for (const [i, { startMs, endMs }] of heard.segments.entries()) {
        expect(endMs).toBeGreaterThanOrEqual(startMs)
        expect(startMs).toBeGreaterThanOrEqual(heard.segments[i - 1]?.startMs ?? 0)
      }
    })

    it('rejects with the reason of an aborted signal', async () => {
      const reason = new Error('the run was cancelled')
      await expect(hearing().transcribe(speech, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    })
  })
}
