import { defineRoutes } from '../runtime/route.ts'
import { ruleDeclarations } from './declarations/rules.ts'

export const wealthRoutes = defineRoutes('wealth', {
  ...ruleDeclarations,
})
