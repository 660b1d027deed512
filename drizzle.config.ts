import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  // columns.ts declares no table; audit.ts and bars.ts declare partitioned ones, which drizzle-kit would generate as plain tables.
  schema: [
    'identity/identity',
    'planning/planning',
    'planning/runs',
    'market/market',
    'market/instruments',
    'market/series',
    'operations/operations',
  ].map(file => `./db/schema/${file}.ts`),
  out: './db/migrations',
})
