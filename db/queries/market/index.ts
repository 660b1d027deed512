export { findReturnDataset, readAnnualReturns } from './return-datasets.ts'
