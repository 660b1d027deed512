import { pgSchema } from 'drizzle-orm/pg-core'

export const wealth = pgSchema('wealth')
