import { defineRoutes } from '../runtime/route.ts'
import { accountsDeclarations } from './declarations/accounts.ts'
import { estateDeclarations } from './declarations/estate.ts'
import { goalsDeclarations } from './declarations/goals.ts'
import { valuationsDeclarations } from './declarations/valuations.ts'

export const wealthRoutes = defineRoutes('wealth', {
  ...accountsDeclarations,
  ...valuationsDeclarations,
  ...estateDeclarations,
  ...goalsDeclarations,
})
