const CANDIDATES = /<data name=candidates>\n(.*?)\n<\/data>/s

/** The candidate of a prompt that passes: one line of JSON in its task; null where there is none. */
export function offeredCandidate(
  messages: readonly { role: string; content: unknown }[],
  passes: (candidate: unknown) => boolean,
): unknown {
  const first = messages.findIndex(({ role }) => role === 'assistant')
  const task = messages.slice(0, first < 0 ? undefined : first).findLast(({ role }) => role === 'user')?.content
  const text = typeof task === 'string' ? task : JSON.stringify(task ?? '')
  const lines = (CANDIDATES.exec(text)?.[1] ?? '').split('\n')
  return lines.map(parsed).find(passes) ?? null
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
