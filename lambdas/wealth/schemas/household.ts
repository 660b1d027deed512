import { uuid } from '../../runtime/schemas.ts'

/** Query parameters of several routes. */
export const householdFilter = uuid.meta({ description: 'Only items of this household.', parameter: 'ItemsOfHousehold' })
export const requiredHousehold = uuid.meta({ description: 'The household.', parameter: 'Household' })
