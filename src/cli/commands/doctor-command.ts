import type { CommandLine, CommonOptions } from '../command-line.ts'
import { EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addDoctor({ add, terminal, done }: CommandLine): void {
  add('doctor', 'say what is configured, what answers, what is missing and how to mend it')
    .option('--variables', 'list every variable that is read')
    .option('--json')
    .action(async ({ variables, ...options }: CommonOptions & { variables?: boolean }) =>
      done(await (variables === true ? listVariables : doctor)(options, terminal)),
    )
}

/** Shows what is configured, what answers, what is missing and how to mend it. Fails if something that is configured does not answer. */
async function doctor({ json }: CommonOptions, terminal: Terminal): Promise<number> {
  const [{ readConfig }, { checkAll }, { checkText }] = await Promise.all([
    import('../../config.ts'),
    import('../service/doctor-checks.ts'),
    import('../render/render-doctor.ts'),
  ])
  const checks = await checkAll(readConfig(), fetch)
  print(checks, { json, terminal }, () => checks.map((check) => `${checkText(check, terminal)}\n`).join(''))
  return checks.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done
}

/** Lists every variable that is read, without its value, because some values are keys. */
async function listVariables({ json }: CommonOptions, terminal: Terminal): Promise<number> {
  const [{ describeVariables }, { variableText }] = await Promise.all([
    import('../../config.ts'),
    import('../render/render-doctor.ts'),
  ])
  const variables = describeVariables()
  print(variables, { json, terminal }, () => variables.map((variable) => variableText(variable, terminal)).join(''))
  return EXIT.done
}
