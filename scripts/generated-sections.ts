import { Readable } from 'node:stream'
import { understanding } from '../graphs/understanding.ts'
import { createProgram } from '../src/cli/program.ts'
import { createStyle } from '../src/cli/render/terminal-style.ts'
import type { Terminal } from '../src/cli/terminal/terminal.ts'
import { describeVariables } from '../src/config.ts'

const HELP_COLUMNS = 100

/** Parts of the documentation that are made from code, by the name of their markers. */
export async function generatedSections(): Promise<Record<string, string>> {
  return { graph: await graphPicture(), environment: environmentTable(), commands: commandHelp() }
}

/** The graph as Mermaid, from the compiled graph; a broken arrow is a conditional one. */
async function graphPicture(): Promise<string> {
  const drawn = await understanding.getGraphAsync()
  const mermaid = drawn.drawMermaid({
    nodeColors: {
      default: 'fill:#eef4ff,stroke:#5b7bb4,color:#1b2a41',
      first: 'fill-opacity:0,stroke:#5b7bb4',
      last: 'fill:#d6e4ff,stroke:#5b7bb4,color:#1b2a41',
    },
  })
  return fenced('mermaid', mermaid.replaceAll('\t', '  '))
}

function environmentTable(): string {
  const rows = describeVariables().map(
    ({ name, about, fallback }) => `| \`${name}\` | ${fallback === null ? '' : `\`${fallback}\``} | ${cell(about)} |`,
  )
  return ['| variable | default | what it is for |', '|---|---|---|', ...rows].join('\n')
}

/** What `--help` says, of the program and of each command. */
function commandHelp(): string {
  const program = createProgram(silentTerminal(), { exitCode: 0 })
  const commands = program.commands.flatMap((command) => {
    const itself = command.commands.length === 0 || command.registeredArguments.length > 0 || command.options.length > 0
    return [...(itself ? [command] : []), ...command.commands]
  })
  const parts = commands.map((command) => {
    const above = command.parent === program ? '' : `${command.parent?.name()} `
    command.configureOutput({ getOutHelpWidth: () => HELP_COLUMNS })
    return `### ${above}${command.name()}\n\n${fenced('text', command.helpInformation())}`
  })
  return parts.join('\n\n')
}

/** Help is asked for as text; nothing is printed. */
function silentTerminal(): Terminal {
  const style = createStyle(false)
  return {
    stdin: Readable.from([]),
    out() {},
    write: async () => undefined,
    err() {},
    style,
    errStyle: style,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: HELP_COLUMNS,
    signal: new AbortController().signal,
  }
}

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** A page with its generated sections replaced: what stands between `<!-- name -->` and `<!-- /name -->`. */
export function withSections(page: string, sections: Readonly<Record<string, string>>): string {
  return page.replaceAll(/<!-- ([a-z-]+) -->\n.*?<!-- \/\1 -->/gs, (whole, name: string) => {
    const section = sections[name]
    return section === undefined ? whole : `<!-- ${name} -->\n\n${section}\n\n<!-- /${name} -->`
  })
}
