/**
 * Why a recording cannot be made, written, read or used:
 * - `unreadable`: there is no such file, or it cannot be opened
 * - `not-a-recording`, `other-product`, `newer-version`: it is something else
 * - `truncated`: its end is missing
 * - `tampered`: its bytes are not those that were written
 * - `malformed`: a line is not what the format says, or lines contradict one another
 * - `too-large`: it is more than is read
 * - `redacted`: its texts were left out, and they are needed for what is asked
 * - `no-such-run`: there is no run with that id
 * - `unfinished`: its run is still under way
 * - `incomplete`: the database does not hold everything that a recording needs
 */
export const RECORDING_ERRORS = [
  'unreadable',
  'not-a-recording',
  'other-product',
  'newer-version',
  'truncated',
  'tampered',
  'malformed',
  'too-large',
  'redacted',
  'no-such-run',
  'unfinished',
  'incomplete',
] as const
export type RecordingErrorKind = (typeof RECORDING_ERRORS)[number]

/** A recording cannot be made, written, read or used. The message is one sentence: what is wrong, and what to do. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
  readonly kind: RecordingErrorKind
  constructor(kind: RecordingErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
