import { readFileSync } from 'node:fs'
import { messageOf } from '../../content/validation/error-message.ts'
import type { ReplayRequest } from '../../replay/process/replay-messages.ts'
import { DIVERGENCE_CLASSES, type DivergenceClass } from '../../replay/replay-report.ts'
import { badUse } from '../terminal/exit-code.ts'

export interface ReplayFlags {
  nearest?: boolean | undefined
  allow?: string | undefined
  substitute?: readonly string[] | undefined
  prompt?: readonly string[] | undefined
  derived?: boolean | undefined
}

/** The request that the flags of `replay` make. @throws {CliError} if a flag names something that does not exist. */
export function replayRequest({ nearest, allow, substitute = [], prompt = [], derived }: ReplayFlags): ReplayRequest {
  const answers = substitute.map((flag) => pair(flag, '--substitute <exchange>=<file>'))
  return {
    // The effect of a substituted answer shows only if the replay continues after it.
    nearest: nearest === true || answers.length > 0,
    allow: (allow ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [classNamed(name.trim())])),
    substitute: Object.fromEntries(answers.map(([exchange, file]) => [exchange, jsonFile(file)])),
    prompts: promptsNamed(prompt),
    derived: derived !== false,
  }
}

function pair(flag: string, usage: string): [string, string] {
  const at = flag.indexOf('=')
  if (at < 1 || at === flag.length - 1) throw badUse(`"${flag}" is not of the form ${usage}`)
  return [flag.slice(0, at), flag.slice(at + 1)]
}

function classNamed(name: string): DivergenceClass {
  const known = DIVERGENCE_CLASSES.find((each) => each === name.toLowerCase().replaceAll(' ', '-'))
  if (known !== undefined) return known
  throw badUse(`there is no class "${name}" of divergences`, `There are ${DIVERGENCE_CLASSES.join(', ')}.`)
}

/** A prompt for each agent, from flags like `topics=v2`. @throws {CliError} */
export function promptsNamed(flags: readonly string[]): Record<string, string> {
  const named = flags.map((flag) => pair(flag, '--prompt <agent>=v<number>'))
  return Object.fromEntries(named.map(([agent, version]) => [agent, promptNamed(agent, version)]))
}

/** The whole name `topics/v2`, from that or from `v2`. */
function promptNamed(agent: string, version: string): string {
  return version.includes('/') ? version : `${agent}/${version}`
}

function jsonFile(file: string): ReplayRequest['substitute'][string] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw badUse(`the file ${file} cannot be read: ${messageOf(cause)}`)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badUse(`the file ${file} is not JSON: ${messageOf(cause)}`)
  }
}
