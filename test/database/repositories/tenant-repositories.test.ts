import { repositoriesContract } from '../../contracts/repositories.ts'
import { openMemory } from '../open-memory.ts'

repositoriesContract('PGlite', openMemory)
