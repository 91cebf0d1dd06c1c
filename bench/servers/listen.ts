import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serve } from '@hono/node-server'
import type { Usage } from '../child.ts'

/** Serves an app on a free loopback port and answers the parent's questions until it says stop. */
export function listen(
  app: { fetch(request: Request): Response | Promise<Response> },
  close: () => Promise<void>,
): void {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    process.send?.({ ready: { port } }),
  )
  process.on('message', async (message) => {
    if (message === 'usage') {
      process.send?.({ usage: usage(delay.max / 1e6, delay.percentile(99) / 1e6) })
      delay.reset()
    }
    if (message === 'stop') {
      server.close()
      await close()
      process.exit(0)
    }
  })
}

function usage(loopMaxMs: number, loopP99Ms: number): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, peakRss: process.resourceUsage().maxRSS * 1024, loopMaxMs, loopP99Ms }
}
