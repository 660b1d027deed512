import * as z from 'zod'
import { uuid } from '../../runtime/schemas.ts'

/** Query parameters of several routes. */
export const householdFilter = uuid.meta({ description: 'Only items of this household.', parameter: 'ItemsOfHousehold' })
export const requiredHousehold = uuid.meta({ description: 'The household.', parameter: 'Household' })

export const ofSecurity = z.string().min(1).max(200).meta({ description: 'Only this security.', parameter: 'OfSecurity' })
export const ofAccount = uuid.meta({ description: 'Only this account.', parameter: 'OfAccount' })

/** A tax year in a path. */
export const taxYearText = z
  .string()
  .regex(/^(19|20|21)\d\d$/, 'must be a year from 1900 to 2199')
  .meta({ description: 'The tax year.', example: '2025' })
