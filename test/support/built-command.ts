import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MAIN = 'dist/src/cli/main.js'

/** Builds where the built command is older than its source; a clean install has built it already. */
export function builtCommand(): string {
  const built = statSync(MAIN, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const changed = ['src', 'graphs', 'tools', 'package.json']
    .flatMap(files)
    .some((file) => statSync(file).mtimeMs > built)
  if (changed) execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
  return MAIN
}

function files(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
