export { type Household, householdRows, lockOwnHousehold } from './households.ts'
export { peopleOfHousehold, type Person, personRows } from './people.ts'
