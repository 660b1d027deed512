import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  // columns.ts declares no table; audit.ts declares a partitioned one, which drizzle-kit would generate as a plain table.
  schema: ['identity', 'planning', 'market', 'operations'].map(domain => `./db/schema/${domain}.ts`),
  out: './db/migrations',
})
