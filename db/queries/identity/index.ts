export { type Household, householdRows, lockOwnHousehold } from './households.ts'
