import { defineRoutes } from '../runtime/route.ts'

export const wealthRoutes = defineRoutes('wealth', {})
