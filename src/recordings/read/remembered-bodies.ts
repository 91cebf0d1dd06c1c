/**
 * A pure function of a text that remembers what it made of the texts it saw last: recordings of one item share most of their blobs.
 * @param mostChars how much text is remembered at a time
 */
export function remembered<Made>(make: (text: string) => Made, mostChars: number): (text: string) => Made {
  const known = new Map<string, { made: Made }>()
  let chars = 0
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found.made
    const made = make(text)
    known.set(text, { made })
    chars += text.length
    for (const oldest of known.keys()) {
      if (chars <= mostChars) break
      known.delete(oldest)
      chars -= oldest.length
    }
    return made
  }
}
