import { serve } from '@hono/node-server'
import type { Usage } from '../child.ts'

/** Serves an app on a free loopback port and answers the parent's questions until it says stop. */
export function listen(
  app: { fetch(request: Request): Response | Promise<Response> },
  close: () => Promise<void>,
): void {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    process.send?.({ ready: { port } }),
  )
  process.on('message', async (message) => {
    if (message === 'usage') {
      const { user, system } = process.cpuUsage()
      process.send?.({ usage: { cpuMs: (user + system) / 1000 } satisfies Usage })
    }
    if (message === 'stop') {
      server.close()
      await close()
      process.exit(0)
    }
  })
}
