import {
  bestClaimingAges,
  bestRothConversion,
  earliestRetirement,
  highestSustainableSpending,
  REQUIRED_SAVING_DEFINITIONS,
  requiredSaving,
} from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { readHousehold } from '../read-household.ts'
import { planningRoutes } from '../routes.ts'
import { atBody } from '../at-body.ts'

export const handler = serve(planningRoutes['solve-plan'], async ({ body, params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const household = await readHousehold(transaction, plan, body)
  const { solve } = body
  switch (solve) {
    case 'sustainable_spending':
      return ok({ solve, found: highestSustainableSpending(household, body.successRate) })
    case 'earliest_retirement': {
      const people = body.people ?? household.people.map(person => person.key)
      return ok({ solve, found: atBody(() => earliestRetirement(household, body.successRate, people)) })
    }
    case 'required_saving':
      return ok({ solve, found: requiredSaving(household, body.successRate), definitions: REQUIRED_SAVING_DEFINITIONS })
    case 'claiming_ages':
      return ok({ solve, found: bestClaimingAges(household, body.stepMonths) })
    case 'roth_conversions': {
      const { endYear, startYear, taxRateAtEnd } = body
      const search = { startYear, endYear: endYear ?? household.years, taxRateAtEnd }
      return ok({ solve, found: atBody(() => bestRothConversion(household, search)) })
    }
  }
})
