import { defineConfig } from 'vitest/config'

/** Tests against real servers, named by the environment (QDRANT_URL). */
export default defineConfig({
  test: { include: ['test/services/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
})
