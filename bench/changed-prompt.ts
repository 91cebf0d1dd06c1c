import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const READ = /^(---\nagent: \S+\nversion: )\d+(\n.*)$/s

/** The built product with one prompt more: where its command line is, and the prompt's name. */
export interface ChangedPrompt {
  cli: string
  prompt: string
}

/**
 * Copies the built product into an empty folder and gives an agent a second prompt there: the first with a sentence more. What it says
 * does not matter to the embedded engine.
 */
export function withChangedPrompt(folder: string, agent: string): ChangedPrompt {
  for (const part of ['package.json', 'dist', 'prompts'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  symlinkSync(resolve(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const text = readFileSync(join(folder, 'prompts', agent, 'v1.md'), 'utf8')
  const changed = text.replace(READ, (_, head: string, rest: string) => `${head}2${rest}`)
  if (changed === text) throw new Error(`the prompt of ${agent} does not begin as prompts do`)
  const prompt = `${agent}/v2`
  writeFileSync(join(folder, 'prompts', `${prompt}.md`), changed.replace('\n# ', '\nWrite plainly.\n\n# '))
  return { cli: join(folder, 'dist/src/cli/main.js'), prompt }
}
