export { type Household, householdRows, lockOwnHousehold } from './households.ts'
export { personRows } from './people.ts'
