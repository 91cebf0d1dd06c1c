import { ledgerStoreContract } from '../../contracts/ledger-store.ts'
import { openMemory } from '../open-memory.ts'

ledgerStoreContract('PGlite', openMemory)
