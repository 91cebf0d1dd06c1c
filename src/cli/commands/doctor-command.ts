import { type Config, describeVariables, readConfig } from '../../config.ts'
import { broken, type Check } from '../../doctor/check.ts'
import { checkEndpoint } from '../../doctor/endpoint-check.ts'
import { endpointsOf, unconfigured } from '../../doctor/endpoint-list.ts'
import { hostOf, hostProblem } from '../../http/requests/listen-host.ts'
import { agentSettingsProblems } from '../../runs/asking-agents.ts'
import { padEnd, paragraph } from '../render/terminal-layout.ts'
import { checkService } from '../service/doctor-service.ts'
import { EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

/** `doctor`: what is configured, what answers, what is missing and how to mend it. Fails if something configured does not answer. */
export async function doctor(
  { variables, json }: { variables?: boolean; json?: boolean },
  terminal: Terminal,
): Promise<number> {
  if (variables === true) {
    showVariables(json, terminal)
    return EXIT.done
  }
  const given = readConfig()
  const agents = agentSettingsProblems(given).map((problem) =>
    broken('agents', problem, 'mend the variable; no run starts until then'),
  )
  // The rest is looked at as it would be without what is wrong.
  const config = agents.length === 0 ? given : { ...given, LINERNOTES_PROMPTS: undefined, LINERNOTES_MODELS: undefined }
  const endpoints = await Promise.all(endpointsOf(config).map((endpoint) => checkEndpoint(endpoint, { fetch })))
  const service = await checkService(config, fetch)
  const checks = [...agents, ...endpoints, ...unconfigured(config), ...(await checkHost(config)), ...service]
  print(checks, { json, terminal }, () => checks.map((check) => `${checkText(check, terminal)}\n`).join(''))
  return checks.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done
}

export function checkText(
  { name, status, detail, hint }: Check,
  { style, columns }: Pick<Terminal, 'style' | 'columns'>,
): string {
  const mark = { ok: style.good('✓'), off: style.dim('–'), failed: style.bad('✗') }[status]
  const indent = ' '.repeat(20)
  const [first = '', ...rest] = paragraph(detail, { indent, columns })
  const lines = [`${mark} ${style.bold(padEnd(name, 17))} ${first.trimStart()}`, ...rest]
  const advice = hint === null ? [] : paragraph(hint, { indent: `${indent}  `, columns, first: `${indent}→ ` })
  return [...lines, ...advice.map((line) => (status === 'failed' ? style.warn(line) : style.dim(line)))].join('\n')
}

/** Whether `serve` would listen where it is told to, where that is not the usual place. */
export async function checkHost(config: Config, resolve?: Parameters<typeof hostProblem>[2]): Promise<Check[]> {
  const host = hostOf(config)
  const found = await hostProblem(host, config, resolve)
  return found === null ? [] : [broken('address', `${found.problem}; \`serve\` does not start`, found.advice)]
}

/** Every variable that is read. Values are not shown: some are keys. */
function showVariables(json: boolean | undefined, terminal: Terminal): void {
  const variables = describeVariables()
  const { style, columns } = terminal
  print(variables, { json, terminal }, () =>
    variables
      .map(({ name, about, fallback }) =>
        [
          `${style.bold(name)}${fallback === null ? '' : style.dim(`  default ${fallback}`)}`,
          ...paragraph(about, { indent: '  ', columns }),
          '',
        ].join('\n'),
      )
      .join(''),
  )
}
