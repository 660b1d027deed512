import { numeric, pgSchema } from 'drizzle-orm/pg-core'

export const market = pgSchema('market')

/** Prices keep 8 decimals, 10 digits before them. */
export const price = (name: string) => numeric(name, { precision: 18, scale: 8 })
