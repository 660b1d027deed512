export { type Household, householdRows, mayEditHousehold } from './identity.ts'
