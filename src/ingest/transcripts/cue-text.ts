const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** The words of one voice in a cue. */
export interface Voiced {
  speaker: string | null
  text: string
}

/**
 * The words of a WebVTT or SRT cue, voice by voice, without markup (`<v>`, `<c>`, `<i>`, ruby notes, karaoke times, `{\an8}`).
 * A `<` that does not open a known tag is kept: people write "x < y".
 */
export function readCueText(payload: string): Voiced[] {
  const voices: Voiced[] = []
  let speaker: string | null = null
  let text = ''
  const flush = () => {
    if (text.trim() !== '') voices.push({ speaker, text: decodeEntities(text) })
    text = ''
  }
  const bare = payload.replace(/\{\\[a-z][^}\n]{0,40}\}/gi, '').replace(/<rt(?:\.[^>\n]*)?>[^<]*(?:<\/rt>|$)/gi, '')
  let at = 0
  for (const tag of bare.matchAll(
    /<(?:(\/?)(v|c|i|b|u|s|em|strong|font|ruby|rt|rp|lang|span|br)((?:[\s.=][^<>]{0,300})?)\/?|\d[\d:.]{0,20})>/gi,
  )) {
    text += bare.slice(at, tag.index)
    at = tag.index + tag[0].length
    const name = tag[2]?.toLowerCase()
    if (name === 'br') text += '\n'
    if (name !== 'v') continue
    flush()
    // `<v.loud Mary Ann>`: the classes come first, then the name up to the bracket.
    const voiceName = decodeEntities((tag[3] ?? '').replace(/^\.\S*/, '')).trim()
    speaker = tag[1] === '/' || voiceName === '' ? null : voiceName
  }
  text += bare.slice(at)
  flush()
  return voices
}
