import { planInputBody, requestedReturnModel } from '../../domain/planning/index.ts'
import { defineRoutes } from '../runtime/route.ts'
import { nameSchemas } from '../runtime/schemas.ts'
import { analysesDeclarations } from './declarations/analyses.ts'
import { assumptionsDeclarations } from './declarations/assumptions.ts'
import { inputsDeclarations } from './declarations/inputs.ts'
import { plansDeclarations } from './declarations/plans.ts'
import { runsDeclarations } from './declarations/runs.ts'
import { claimingAges, conversionChoice } from './schemas/analyses.ts'
import { estimate, scenarioComparison } from './schemas/comparisons.ts'
import { planInput } from './schemas/inputs.ts'

nameSchemas({
  ClaimingAges: claimingAges,
  ConversionChoice: conversionChoice,
  Estimate: estimate,
  ReturnModel: requestedReturnModel,
  PlanInput: planInput,
  PlanInputRequest: planInputBody,
  ScenarioComparison: scenarioComparison,
})

export const planningRoutes = defineRoutes('planning', {
  ...assumptionsDeclarations,
  ...plansDeclarations,
  ...inputsDeclarations,
  ...runsDeclarations,
  ...analysesDeclarations,
})
