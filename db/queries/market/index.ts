export { readAnnualReturns, returnDatasetRows } from './return-datasets.ts'
