import { globSync } from 'node:fs'
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  // audit.ts declares a partitioned table, which drizzle-kit would generate as a plain one.
  schema: globSync('./db/schema/*/*.ts').filter(file => !file.endsWith('audit.ts')),
  out: './db/migrations',
})
