export * from './assumptions.ts'
export * from './plan.ts'
export * from './plan-history.ts'
export * from './simulation/index.ts'
