import { auditAnchors } from '../../runtime/object-store.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { lastMonth } from '../audit/months.ts'
import { verifyAuditTrail } from '../audit/verify.ts'
import { operationsRoutes } from '../routes.ts'

/** API Gateway waits for 30 s. What is verified last must have time to end. */
const verifyMilliseconds = 18_000
const namedFindings = 200

export const handler = serve(operationsRoutes['get-audit-verification'], async ({ query, transaction }) => {
  const startedAt = performance.now()
  const { from = query.to ?? lastMonth(new Date()), to } = query
  const verification = await verifyAuditTrail({
    read: work => work(transaction),
    store: auditAnchors(),
    from,
    to,
    hasTime: () => performance.now() - startedAt < verifyMilliseconds,
    namedFindings,
  })
  return ok(verification)
})
