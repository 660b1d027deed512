export { type Household, householdRows, mayEditHousehold } from './households.ts'
