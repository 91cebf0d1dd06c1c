const MIB = 1024 * 1024

/** How much of an untrusted file is read before it is refused. */
export interface RecordingLimits {
  lines: number
  /** Of one unpacked line; the largest hold a transcript, or the body of a file that was fetched. */
  lineBytes: number
  unpackedBytes: number
  /** Unpacked bytes for one packed byte. Deflate reaches 1032 on zeros; recordings of ordinary items have 4 to 30. */
  ratio: number
  /** Unpacked bytes from which the ratio is looked at: what is small may repeat itself. */
  ratioFromBytes: number
  /** Nesting of arrays and objects, of lines and of the bodies of exchanges. */
  depth: number
}

export const RECORDING_LIMITS: RecordingLimits = {
  lines: 250_000,
  lineBytes: 96 * MIB,
  unpackedBytes: 512 * MIB,
  ratio: 100,
  ratioFromBytes: 16 * MIB,
  depth: 200,
}

/** The first line says what a file is; one that is longer is none. */
export const HEADER_BYTES = 64 * 1024
