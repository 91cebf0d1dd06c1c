import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server on a folder of a reader, on a port of its own. */
export interface Serving {
  base: string
  /** What it printed when it began. */
  printed: string
  stop(): Promise<void>
}

export async function startServing(folder: string): Promise<Serving> {
  const server = spawn(process.execPath, ['dist/src/cli/main.js', 'serve'], {
    cwd: folder,
    env: { ...readersEnvironment(), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(server.stdout, 'data')
  const printed = String(line)
  return {
    base: printed.trim(),
    printed,
    async stop() {
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    },
  }
}

/** That of whoever runs the tests, with nothing of it configuring the product. */
export function readersEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined && !/^(LINERNOTES_|OPENAI_|QDRANT_|LANG(SMITH|CHAIN)_|PORT$|NODE_)/.test(name),
  )
  return Object.fromEntries(inherited.map(([name, value]) => [name, value ?? '']))
}
