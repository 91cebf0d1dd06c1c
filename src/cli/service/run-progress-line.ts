import { duration } from '../render/terminal-layout.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { agentsPlannedTo } from './planned-facets.ts'
import type { Progress } from './run-item.ts'
import type { StepView } from './service-answers.ts'
import type { Client } from './service-client.ts'

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

export function createProgress(
  { client, terminal, label }: { client: Client; terminal: Terminal; label: string },
  runId: string,
): Progress {
  const startedAt = performance.now()
  let last = -EVERY_MS
  return {
    async tick() {
      const now = performance.now()
      if (now - last < EVERY_MS) return
      last = now
      const steps = (await client.steps(runId))?.steps ?? []
      terminal.err(CLEAR_LINE + line(steps, `${label}${duration(now - startedAt)}`, terminal))
    },
    end: () => terminal.err(CLEAR_LINE),
  }
}

function line(steps: readonly StepView[], prefix: string, { errStyle, columns }: Terminal): string {
  const all = agentsPlannedTo('run', steps)
  const nodes = steps.map(({ node }) => node)
  const done = new Set(nodes.map((node) => (all.has(node) ? 'agents' : node)))
  const reached = NODES.findLastIndex((node) => done.has(node)) + 1
  const width = Math.min(20, columns - 40)
  const filled = Math.round((reached / NODES.length) * width)
  const agents = new Set(nodes.filter((node) => all.has(node))).size
  const inAgents = agents > 0 && agents < all.size ? `agents ${agents}/${all.size}` : (NODES[reached] ?? 'publish')
  return `${errStyle.accent('━'.repeat(filled))}${errStyle.dim('─'.repeat(width - filled))} ${prefix} ${errStyle.dim(inAgents)}`
}
