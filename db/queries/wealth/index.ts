export { accountsOfBeneficiary, accountsOwnedBy } from './accounts.ts'
