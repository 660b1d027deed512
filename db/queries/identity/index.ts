export { findHousehold } from './identity.ts'
