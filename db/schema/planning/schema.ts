import { pgSchema } from 'drizzle-orm/pg-core'

export const planning = pgSchema('planning')
