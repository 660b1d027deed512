import * as z from 'zod'
import { planInputs } from '../../../db/schema/planning/inputs.ts'
import { plans } from '../../../db/schema/planning/plans.ts'
import { planVersions } from '../../../db/schema/planning/versions.ts'
import { uuid } from '../../runtime/schemas.ts'
import { inserts, updates } from '../../runtime/writes.ts'

export const database = ['database'] as const
export const planPath = z.strictObject({ planId: uuid.describe('The plan.') })

/** The writes of a route that gives a plan a new version. */
export const versionWrites = [updates(plans, ['version']), inserts(planVersions)]
/** The writes of a route that replaces inputs: a replaced or removed one stays in the history. */
export const inputWrites = [inserts(planInputs), updates(planInputs, ['removedAt', 'supersededBy'])]
