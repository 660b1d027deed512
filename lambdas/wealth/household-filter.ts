import type { PgColumn } from 'drizzle-orm/pg-core'
import { equals } from '../runtime/resource/filters.ts'
import { uuid } from '../runtime/schemas.ts'

const inHousehold = uuid.meta({ description: 'Only items of this household.', parameter: 'OfHousehold' })

/** The query parameter `householdId` of a list. */
export const ofHousehold = (column: PgColumn) => ({ householdId: equals(column, inHousehold) })
