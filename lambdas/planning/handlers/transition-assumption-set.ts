import { updateAssumptionSet } from '../../../db/queries/planning/assumptions.ts'
import { nextStatuses } from '../../../domain/planning/index.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireAssumptionSetForChange } from '../lookups.ts'
import { presentAssumptionSet } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['transition-assumption-set'], async ({ body, expectedVersion, params, transaction, user }) => {
  const current = await requireAssumptionSetForChange(transaction, params.assumptionSetId)
  requireVersion(current.rowVersion, expectedVersion)
  const allowed = nextStatuses(current.status)
  if (!allowed.includes(body.status)) {
    const message = `a set that is ${current.status} can become ${allowed.join(' or ') || 'nothing else'}`
    throw new Problem(422, `body.status: ${message}`, { errors: [{ path: 'body.status', message }] })
  }
  const effectiveDate = body.effectiveDate ?? current.effectiveDate
  const effectiveUntil = body.effectiveUntil === undefined ? current.effectiveUntil : body.effectiveUntil
  if (effectiveUntil !== null && effectiveUntil < effectiveDate) {
    const message = `lies before the effective date ${effectiveDate}`
    throw new Problem(422, `body.effectiveUntil: ${message}`, { errors: [{ path: 'body.effectiveUntil', message }] })
  }
  const approval = body.status === 'approved' ? { approvedBy: user.id, approvedAt: new Date().toISOString() } : {}
  const row = await updateAssumptionSet(transaction, current.id, { status: body.status, effectiveDate, effectiveUntil, ...approval })
  return ok(presentAssumptionSet(row), row.rowVersion)
})
