export * from './account-types.ts'
export * from './transaction-types.ts'
