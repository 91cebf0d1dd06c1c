import { chmodSync, cpSync, existsSync, rmSync, symlinkSync } from 'node:fs'
import { writeDatabaseImage } from './database-image.ts'

// Tables, phrases, vectors and what pages load are read beside the compiled modules; the compiler copies code only.
cpSync('src/taxonomy/data', 'dist/src/taxonomy/data', { recursive: true })
cpSync('src/http/assets', 'dist/src/http/assets', { recursive: true })

// A new data folder starts from these files.
await writeDatabaseImage('dist/src/database/engine')

// npm links the commands of dependencies, not the package's own: without this link the first `npx linernotes` builds all again.
const MAIN = 'dist/src/cli/main.js'
const COMMAND = 'node_modules/.bin/linernotes'
if (existsSync(MAIN) && process.platform !== 'win32') {
  chmodSync(MAIN, 0o755)
  rmSync(COMMAND, { force: true })
  symlinkSync(`../../${MAIN}`, COMMAND)
}
