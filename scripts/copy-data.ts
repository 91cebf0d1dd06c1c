import { cpSync } from 'node:fs'

// Tables, phrases and vectors are read beside the compiled modules; the compiler copies code only.
cpSync('src/taxonomy/data', 'dist/src/taxonomy/data', { recursive: true })
