import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  // columns.ts declares no table; audit.ts and bars.ts declare partitioned ones, which drizzle-kit would generate as plain tables.
  schema: ['identity', 'planning', 'runs', 'market', 'instruments', 'series', 'operations'].map(domain => `./db/schema/${domain}.ts`),
  out: './db/migrations',
})
