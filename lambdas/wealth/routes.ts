import { defineRoutes } from '../runtime/route.ts'
import { ruleDeclarations } from './declarations/rules.ts'
import { transferDeclarations } from './declarations/transfers.ts'

export const wealthRoutes = defineRoutes('wealth', {
  ...ruleDeclarations,
  ...transferDeclarations,
})
