export { readValuedBalances, type ValuedBalance } from './valued-balances.ts'
