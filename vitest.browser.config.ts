import { defineConfig } from 'vitest/config'

/** Pages in a real browser: Chromium at CHROMIUM, else where Debian puts it. Screenshots go to `screenshots/`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
})
