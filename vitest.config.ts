import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/services/**', 'test/browser/**'],
    // Two files at a time fit into 2 cores and 4 GB: a new database alone takes most of a gigabyte, and files start threads.
    maxWorkers: 2,
    // Generous: they end what hangs, and say nothing about speed.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}', 'graphs/**/*.ts', 'tools/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
  },
})
