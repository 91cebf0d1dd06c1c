import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageOf } from '../../src/content/validation/error-message.ts'
import { firstMistake } from '../../src/content/validation/mistakes.ts'
import { parseTemplate, type Template } from './template.ts'

/** The header above a prompt's text. */
const FrontMatter = z.strictObject({
  agent: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().min(1),
  description: z.string().min(1).max(300),
  changed: z.iso.date(),
  /** The fields of the metadata that the prompt wants, among those that its agent reads. All of them if it is absent. */
  reads: z.array(z.string()).optional(),
})

export interface Prompt extends z.infer<typeof FrontMatter> {
  /** `<agent>/v<version>`, as fingerprints and provenance name it. */
  id: string
  template: Template
}

/** There is no such prompt. The message lists the prompts that exist. */
export class UnknownPrompt extends Error {
  override readonly name = 'UnknownPrompt'
}

/** A prompt file is malformed. The message names the file and says what to mend. */
export class InvalidPrompt extends Error {
  override readonly name = 'InvalidPrompt'
}

export interface PromptLibrary {
  /** @throws {UnknownPrompt} @throws {InvalidPrompt} */
  load(id: string): Prompt
  /** All ids, by agent and then by version: `topics/v1`, `topics/v2`, … */
  promptVersions(): string[]
}

/** The places that an agent's prompt must have. Without any of them its task is not complete. */
export const PLACEHOLDERS = ['reading', 'metadata', 'candidates', 'findings'] as const
const ID = /^([a-z][a-z0-9-]*)\/v([1-9]\d*)$/

/** The prompts of a folder, each read and checked once. */
export function promptLibrary(folder: string = join(packageRoot(), 'prompts')): PromptLibrary {
  const loaded = new Map<string, Prompt>()
  const promptVersions = () => listVersions(folder)
  return {
    promptVersions,
    load(id) {
      let prompt = loaded.get(id)
      if (prompt === undefined) {
        prompt = readPrompt(folder, id, promptVersions)
        loaded.set(id, prompt)
      }
      return prompt
    },
  }
}

function readPrompt(folder: string, id: string, known: () => string[]): Prompt {
  const [, agent, version] = ID.exec(id) ?? []
  const file = join(folder, `${id}.md`)
  if (agent === undefined || !existsSync(file)) throw new UnknownPrompt(unknownPromptMessage(id, agent, known()))
  const raw = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  const [, yaml, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(raw) ?? []
  if (yaml === undefined || body === undefined)
    throw new InvalidPrompt(`${file} has to begin with front matter between two lines of "---"`)
  const fields = frontMatter(file, yaml)
  const front = FrontMatter.safeParse(fields)
  if (!front.success) throw new InvalidPrompt(`${file}: front matter: ${firstMistake(FrontMatter, fields)}`)
  if (front.data.agent !== agent || front.data.version !== Number(version))
    throw new InvalidPrompt(
      `${file}: front matter says ${front.data.agent}/v${front.data.version}; the path says ${id}`,
    )
  const template = parseTemplate(body.trim(), agent === 'shared' ? [] : PLACEHOLDERS)
  if (!template.ok) throw new InvalidPrompt(`${file}: ${template.problem}`)
  return { ...front.data, id, template: template.value }
}

function frontMatter(file: string, yaml: string): unknown {
  try {
    return parse(yaml)
  } catch (error) {
    throw new InvalidPrompt(`${file}: front matter is not YAML: ${messageOf(error)}`)
  }
}

function unknownPromptMessage(id: string, agent: string | undefined, known: readonly string[]): string {
  if (agent === undefined)
    return `"${id}" names no prompt; a name looks like "topics/v1". There are: ${known.join(', ')}`
  const own = known.filter((candidate) => candidate.startsWith(`${agent}/`))
  return own.length === 0
    ? `there are no prompts for "${agent}". There are: ${known.join(', ')}`
    : `there is no prompt "${id}". Versions of ${agent}: ${own.join(', ')}`
}

function listVersions(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file.replace(/\.md$/, '')}`))
    .filter((id) => ID.test(id))
    .map((id) => ({ id, agent: id.split('/v')[0] ?? '', version: Number(id.split('/v')[1]) }))
    .sort((a, b) => (a.agent === b.agent ? a.version - b.version : a.agent < b.agent ? -1 : 1))
    .map(({ id }) => id)
}

/** The folder of the package.json above this file: the same from source and from `dist/`. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('the package is not complete: no package.json above its code')
    folder = above
  }
  return folder
}
