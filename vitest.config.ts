import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/services/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'graphs/**/*.ts', 'tools/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
  },
})
