import { defineRoutes } from '../runtime/route.ts'
import { connectionDeclarations } from './declarations/connections.ts'

export const wealthRoutes = defineRoutes('wealth', { ...connectionDeclarations })
