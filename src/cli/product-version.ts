import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The version in our package.json. That file is in a folder above this one, both in the source and in the build. */
export function productVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = read(join(folder, 'package.json'))
    if (found !== null) return found
    if (folder === dirname(folder)) return 'unknown'
  }
}

function read(path: string): string | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof manifest !== 'object' || manifest === null) return null
    const ours = 'name' in manifest && manifest.name === 'linernotes' && 'version' in manifest
    return ours && typeof manifest.version === 'string' ? manifest.version : null
  } catch {
    return null
  }
}
