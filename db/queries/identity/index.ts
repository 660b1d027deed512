export { findHousehold, type Household, mayEditHousehold } from './identity.ts'
