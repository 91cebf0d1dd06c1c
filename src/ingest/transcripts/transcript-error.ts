export type TranscriptErrorKind = 'empty' | 'binary' | 'too_large' | 'too_long' | 'no_words' | 'broken' | 'too_deep'

/** A transcript that cannot be read. The message is one line: the problem, and how to fix it. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError'
  readonly kind: TranscriptErrorKind
  constructor(kind: TranscriptErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
