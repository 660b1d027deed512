export { householdRows } from './identity.ts'
