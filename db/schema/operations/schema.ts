import { pgSchema } from 'drizzle-orm/pg-core'

export const operations = pgSchema('operations')
