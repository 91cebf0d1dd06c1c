import { chmodSync, cpSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { EMPTY_DATABASE } from '../src/database/engine/empty-database.ts'

// Tables, phrases, vectors and what pages load are read beside the compiled modules; the compiler copies code only.
cpSync('src/taxonomy/data', 'dist/src/taxonomy/data', { recursive: true })
cpSync('src/http/assets', 'dist/src/http/assets', { recursive: true })

// A new data folder starts from these files.
const engine = await PGlite.create()
const files = await engine.dumpDataDir('gzip')
writeFileSync(`dist/src/database/engine/${EMPTY_DATABASE}`, Buffer.from(await files.arrayBuffer()))
await engine.close()

// npm links the commands of dependencies, not the package's own: without this link the first `npx linernotes` builds all again.
const MAIN = 'dist/src/cli/main.js'
const COMMAND = 'node_modules/.bin/linernotes'
if (existsSync(MAIN) && process.platform !== 'win32') {
  chmodSync(MAIN, 0o755)
  rmSync(COMMAND, { force: true })
  symlinkSync(`../../${MAIN}`, COMMAND)
}
