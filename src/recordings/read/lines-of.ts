import { HEADER_BYTES, type RecordingLimits } from './recording-limits.ts'

const NEWLINE = 0x0a

/** The lines of unpacked bytes without their ends; null where they are more or longer than is read, or the last one has no end. */
export function linesOf(unpacked: Buffer, { lines, lineBytes }: RecordingLimits): Buffer[] | null {
  const found: Buffer[] = []
  let start = 0
  for (let end = unpacked.indexOf(NEWLINE); end !== -1; end = unpacked.indexOf(NEWLINE, start)) {
    const most = found.length === 0 ? Math.min(HEADER_BYTES, lineBytes) : lineBytes
    if (end - start > most || found.length === lines) return null
    found.push(unpacked.subarray(start, end))
    start = end + 1
  }
  return start === unpacked.length && found.length > 0 ? found : null
}
