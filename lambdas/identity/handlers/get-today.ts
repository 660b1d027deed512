import {
  countsOfHousehold,
  listExpiringInvitations,
  listPlansOfToday,
  listReceivedInvitations,
} from '../../../db/queries/identity/today.ts'
import { needOfPlan } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['get-today'], async ({ query: { householdId }, transaction }) => {
  const receivedInvitations = await listReceivedInvitations(transaction)
  const household = householdId === undefined ? undefined : await countsOfHousehold(transaction, householdId)
  if (householdId === undefined || household === undefined)
    return ok({ household: null, plans: [], expiringInvitations: [], receivedInvitations })
  const plans = await listPlansOfToday(transaction, householdId)
  return ok({
    household,
    plans: plans.map(({ asOfDate, id, latestRun, name, previousSuccessProbability, ...state }) => ({
      id,
      name,
      asOfDate,
      need: needOfPlan({ ...state, latestRun }),
      latestRun: latestRun && { successProbability: latestRun.successProbability, createdAt: latestRun.createdAt },
      previousSuccessProbability,
    })),
    expiringInvitations: await listExpiringInvitations(transaction, householdId),
    receivedInvitations,
  })
})
