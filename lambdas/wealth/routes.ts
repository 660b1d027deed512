import { defineRoutes } from '../runtime/route.ts'
import { importsDeclarations } from './declarations/imports.ts'

export const wealthRoutes = defineRoutes('wealth', { ...importsDeclarations })
