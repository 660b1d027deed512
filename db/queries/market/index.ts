export { makeBarPartitions } from './bar-store.ts'
export { readAnnualReturns, returnDatasetRows } from './return-datasets.ts'
