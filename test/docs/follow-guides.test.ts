import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { addTheAgent, addTheTool, clone } from './follow-guides.ts'

const execute = promisify(execFile)
const Document = z.looseObject({
  abstentions: z.array(z.object({ facet: z.string(), reason: z.string() })),
  provenance: z.looseObject({ facets: z.record(z.string(), z.looseObject({ run: z.string() })), runId: z.string() }),
})

let folder: string
beforeAll(() => {
  folder = clone()
  addTheAgent(folder)
  addTheTool(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs what is installed, in the changed copy; what it prints, or why it failed. */
async function run(command: string, ...args: string[]): Promise<{ failed: boolean; out: string; err: string }> {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|LINERNOTES_|OPENAI_)/.test(name))
  const env = { ...Object.fromEntries(own), LINERNOTES_DATA_DIR: join(folder, 'data') }
  const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }
  try {
    const { stdout, stderr } = await execute(join('node_modules', '.bin', command), args, options)
    return { failed: false, out: stdout, err: stderr }
  } catch (error) {
    const { stdout = '', stderr = '' } = z.object({ stdout: z.string(), stderr: z.string() }).partial().parse(error)
    return { failed: true, out: stdout, err: stderr }
  }
}

describe('who follows "Add an agent" and "Add a tool" word by word', { timeout: 240_000 }, () => {
  it.each([
    ['types', 'tsc', ['--noEmit', '-p', '.']],
    ['format', 'biome', ['check', 'graphs', 'tools', 'prompts', 'test']],
    ['layers', 'depcruise', ['--config', '.dependency-cruiser.js', 'src', 'graphs', 'tools']],
    ['tests', 'vitest', ['run', 'test/docs/add-an-agent.test.ts', 'test/prompts', 'test/tools']],
  ])('passes what checks %s', async (_, command, args) => {
    const { failed, out, err } = await run(command, ...args)
    expect(failed, `${out}\n${err}`).toBe(false)
  })

  it('can ask for the facet of the agent, and keeps what the others answered where no model answers for it', async () => {
    const understand = ['src/cli/main.ts', 'understand', 'examples/slow-boat.txt', '--json']
    const first = await run('tsx', ...understand)
    expect(first.failed, first.err).toBe(false)
    const { failed, out, err } = await run('tsx', ...understand, '--facets', 'glossary')
    expect(failed, err).toBe(false)
    expect(err).not.toContain('error:')
    const { abstentions, provenance } = Document.parse(JSON.parse(out))
    expect(abstentions.map(({ facet }) => facet)).toEqual(['glossary'])
    const again = Object.entries(provenance.facets).filter(([, made]) => made.run === provenance.runId)
    expect(again.map(([facet]) => facet)).toEqual(['glossary'])
  })
})
