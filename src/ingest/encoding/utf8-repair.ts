const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Our own decoder, because `TextDecoder('windows-1252')` of Node 20 decodes ISO 8859-1 and so loses quotes and dashes. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80] ?? character)
}

/** A run of bytes that is one character or one defect. */
type Found = { kind: 'character' | 'surrogate' | 'stray'; length: number }

/** Reads the character or defect at a byte above ASCII. A surrogate is half a character that a careless program encoded alone. */
function readSequence(bytes: Uint8Array, at: number): Found {
  const lead = bytes[at] ?? 0
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 1
  if (length === 1) return { kind: 'stray', length: 1 }
  for (let next = at + 1; next < at + length; next++) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return { kind: 'stray', length: 1 }
  }
  const second = bytes[at + 1] ?? 0
  // Rejects overlong encodings, and values above the last character of Unicode.
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f))
    return { kind: 'stray', length: 1 }
  return { kind: lead === 0xed && second > 0x9f ? 'surrogate' : 'character', length }
}

const WINDOWS_1252_BELOW = 0.1

/**
 * Reads bytes that are UTF-8 with a few exceptions. Valid characters do not change, and every invalid byte is read as
 * windows-1252. An encoded surrogate becomes \uFFFD unless its other half is next to it. `repaired` counts the repairs.
 * @returns null if hardly any of the non-ASCII bytes are valid UTF-8: then the text was not written as UTF-8.
 */
export function repairUtf8(bytes: Uint8Array): { text: string; repaired: number } | null {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const parts: string[] = []
  let characters = 0
  let surrogates = 0
  let strays = 0
  let valid = 0
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++
      continue
    }
    const { kind, length } = readSequence(bytes, at)
    if (kind === 'character') characters++
    else {
      if (at > valid) parts.push(decoder.decode(bytes.subarray(valid, at)))
      if (kind === 'surrogate') {
        surrogates++
        const second = bytes[at + 1] ?? 0
        const third = bytes[at + 2] ?? 0
        parts.push(String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f)))
      } else {
        strays++
        // windows-1252 does not define five of the bytes. As control characters they would vanish from the text without a trace.
        parts.push(decodeWindows1252(bytes.subarray(at, at + 1)).replace(/[\x80-\x9f]/, '\uFFFD'))
      }
      valid = at + length
    }
    at += length
  }
  const meant = characters + surrogates
  if (meant < (meant + strays) * WINDOWS_1252_BELOW) return null
  parts.push(decoder.decode(bytes.subarray(valid)))
  return { text: parts.join('').toWellFormed(), repaired: surrogates + strays }
}
