import { z } from 'zod'

export const Transcription = z.strictObject({
  text: z.string(),
  language: z.string().nullable(),
  durationMs: z.int().min(0).nullable(),
  segments: z.array(z.strictObject({ startMs: z.int().min(0), endMs: z.int().min(0), text: z.string() })),
  model: z.string(),
  retries: z.array(z.strictObject({ reason: z.string(), waitedMs: z.number() })),
})
export type Transcription = z.infer<typeof Transcription>

export interface AudioFile {
  bytes: Uint8Array
  filename: string
  contentType: string
}

/** Turns speech into text with segment times. */
export interface Transcriber {
  readonly name: string
  /** @throws {ModelError} when the port's own retries are used up. */
  transcribe(audio: AudioFile, options?: { language?: string; signal?: AbortSignal }): Promise<Transcription>
}
