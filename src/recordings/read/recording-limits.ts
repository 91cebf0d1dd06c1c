const MIB = 1024 * 1024

/** How much of an untrusted file is read before it is refused. */
export interface RecordingLimits {
  lines: number
  /** The length of an unpacked line. The longest lines hold a transcript, or the body of a file that was fetched. */
  lineBytes: number
  unpackedBytes: number
  /** Unpacked bytes for one packed byte. Deflate reaches 1032 with zeros. Recordings of ordinary items have 4 to 30. */
  ratio: number
  /** From this many unpacked bytes on the ratio is checked. A small file may repeat itself. */
  ratioFromBytes: number
  /** How deep arrays and objects are nested, in lines and in the bodies of exchanges. */
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

/** The first line says what a file is. If it is longer than this, the file is not a recording. */
export const HEADER_BYTES = 64 * 1024
