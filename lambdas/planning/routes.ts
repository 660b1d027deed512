import { defineRoutes } from '../runtime/route.ts'
import { analysesDeclarations } from './declarations/analyses.ts'
import { assumptionsDeclarations } from './declarations/assumptions.ts'
import { inputsDeclarations } from './declarations/inputs.ts'
import { plansDeclarations } from './declarations/plans.ts'
import { runsDeclarations } from './declarations/runs.ts'

export const planningRoutes = defineRoutes('planning', {
  ...assumptionsDeclarations,
  ...plansDeclarations,
  ...inputsDeclarations,
  ...runsDeclarations,
  ...analysesDeclarations,
})
