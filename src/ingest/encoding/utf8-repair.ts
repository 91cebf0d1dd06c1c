const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** By hand, because `TextDecoder('windows-1252')` of Node 20 decodes ISO 8859-1 and so loses quotes and dashes. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80] ?? character)
}

/** A stretch of bytes that is one character or one defect. */
type Found = { kind: 'character' | 'surrogate' | 'stray'; length: number }

/** What stands at a byte above ASCII. A surrogate is half a character, encoded by itself, as careless programs do. */
function readSequence(bytes: Uint8Array, at: number): Found {
  const lead = bytes[at] ?? 0
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 1
  if (length === 1) return { kind: 'stray', length: 1 }
  for (let next = at + 1; next < at + length; next++) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return { kind: 'stray', length: 1 }
  }
  const second = bytes[at + 1] ?? 0
  // The longer of two spellings of a character, and what lies past the last character of Unicode.
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f))
    return { kind: 'stray', length: 1 }
  return { kind: lead === 0xed && second > 0x9f ? 'surrogate' : 'character', length }
}

const WINDOWS_1252_BELOW = 0.1

/**
 * Reads bytes that are UTF-8 but for some: what is valid stays as it is, each other byte is read as windows-1252, an encoded
 * surrogate becomes \uFFFD unless it stands beside its other half. `repaired` counts what was mended.
 * @returns null where hardly any of what is not ASCII is valid UTF-8: then none of it was meant to be.
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
        // Five bytes mean nothing in windows-1252; control characters would vanish from the text without a trace.
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
