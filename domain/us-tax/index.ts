export * from './tax/index.ts'
export * from './retirement-accounts/index.ts'
export * from './contributions/index.ts'
