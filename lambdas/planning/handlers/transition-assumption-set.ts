import { assumptionSetSummaryRows } from '../../../db/queries/planning/assumptions.ts'
import { nextStatuses } from '../../../domain/planning/index.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { assumptionSetSummaries } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['transition-assumption-set'], async ({ body, expectedVersion, params, transaction, user }) => {
  const current = requireRow(
    await assumptionSetSummaryRows.lock(transaction, params.assumptionSetId, expectedVersion),
    assumptionSetSummaries,
  )
  const allowed = nextStatuses(current.status)
  if (!allowed.includes(body.status)) {
    const message = `must be a status after ${current.status}: ${allowed.join(' or ') || 'there is none'}`
    throw invalidValue('body.status', message)
  }
  const effectiveDate = body.effectiveDate ?? current.effectiveDate
  const effectiveUntil = body.effectiveUntil === undefined ? current.effectiveUntil : body.effectiveUntil
  if (effectiveUntil !== null && effectiveUntil < effectiveDate) {
    throw invalidValue('body.effectiveUntil', `must not be before the effective date ${effectiveDate}`)
  }
  const approval = body.status === 'approved' ? { approvedBy: user.id, approvedAt: new Date().toISOString() } : {}
  const change = { status: body.status, effectiveDate, effectiveUntil, ...approval }
  const row = requireRow(await assumptionSetSummaryRows.update(transaction, current.id, change, current.rowVersion), assumptionSetSummaries)
  return ok(assumptionSetSummaries.present(row), row.rowVersion)
})
