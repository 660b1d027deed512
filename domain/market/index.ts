export { type AnnualReturns, AnnualReturnsError, type AnnualReturnsFault, hashAnnualReturns, parseAnnualReturns } from './annual-returns.ts'
export * from './bars/index.ts'
export * from './adjustment/index.ts'
export * from './quality/index.ts'
