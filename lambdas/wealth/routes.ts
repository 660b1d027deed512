import { defineRoutes } from '../runtime/route.ts'
import { categoryDeclarations } from './declarations/categories.ts'
import { transactionDeclarations } from './declarations/transactions.ts'

export const wealthRoutes = defineRoutes('wealth', {
  ...categoryDeclarations,
  ...transactionDeclarations,
})
