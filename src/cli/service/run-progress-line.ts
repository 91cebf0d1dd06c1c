import { duration } from '../render/terminal-layout.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Progress } from './run-item.ts'

/** The nodes that every run goes through; what else is a step belongs to an agent, or revises. */
const NODES = [
  'intake',
  'transcript',
  'segment',
  'plan',
  'neighbours',
  'agents',
  'assemble',
  'verify',
  'critique',
  'publish',
]
const EVERY_MS = 300
const CLEAR_LINE = '\r\x1b[2K'

/** A line on stderr that moves on with the events of a run; in between only its time does. */
export function createProgress({ terminal, label }: { terminal: Terminal; label: string }): Progress {
  const startedAt = performance.now()
  const reached = new Set<string>()
  const started = new Set<string>()
  const ended = new Set<string>()
  const draw = () => {
    const agents = started.size > ended.size ? `agents ${ended.size}/${started.size}` : null
    const prefix = `${label}${duration(performance.now() - startedAt)}`
    terminal.err(CLEAR_LINE + line(reached, { agents, prefix }, terminal))
  }
  const timer = setInterval(draw, EVERY_MS).unref()
  return {
    show(type, { name, state }) {
      const [node] = name?.split('.') ?? []
      if (type !== 'step' || node === undefined || node === 'revise') return
      if (NODES.includes(node)) {
        if (state === 'ended') reached.add(node)
      } else {
        started.add(node)
        if (state === 'ended') ended.add(node)
        if (ended.size === started.size) reached.add('agents')
      }
      draw()
    },
    end() {
      clearInterval(timer)
      terminal.err(CLEAR_LINE)
    },
  }
}

function line(
  reached: ReadonlySet<string>,
  { agents, prefix }: { agents: string | null; prefix: string },
  { errStyle, columns }: Terminal,
): string {
  const done = NODES.findLastIndex((node) => reached.has(node)) + 1
  const width = Math.min(20, columns - 40)
  const filled = Math.round((done / NODES.length) * width)
  const at = agents ?? NODES[done] ?? 'publish'
  return `${errStyle.accent('━'.repeat(filled))}${errStyle.dim('─'.repeat(width - filled))} ${prefix} ${errStyle.dim(at)}`
}
