import { understanding } from '../graphs/understanding.ts'
import { describeVariables } from '../src/config.ts'

/** Parts of the documentation that are made from code, by the name of their markers. */
export async function generatedSections(): Promise<Record<string, string>> {
  return { graph: await graphPicture(), environment: environmentTable() }
}

/** The graph as Mermaid, from the compiled graph: a broken arrow is a conditional one. */
async function graphPicture(): Promise<string> {
  const drawn = await understanding.getGraphAsync()
  const mermaid = drawn.drawMermaid({
    nodeColors: {
      default: 'fill:#eef4ff,stroke:#5b7bb4,color:#1b2a41',
      first: 'fill-opacity:0,stroke:#5b7bb4',
      last: 'fill:#d6e4ff,stroke:#5b7bb4,color:#1b2a41',
    },
  })
  return `\`\`\`mermaid\n${mermaid.replaceAll('\t', '  ').trim()}\n\`\`\``
}

function environmentTable(): string {
  const rows = describeVariables().map(
    ({ name, about, fallback }) => `| \`${name}\` | ${fallback === null ? '' : `\`${fallback}\``} | ${cell(about)} |`,
  )
  return ['| variable | default | what it is for |', '|---|---|---|', ...rows].join('\n')
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
