import { linkPortfolio, portfolioRows, unmarkDefault } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { refusePortfolio } from '../portfolio-checks.ts'
import { lockPortfolio, recordPortfolio, stateOf } from '../portfolio-state.ts'
import { portfolios } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-portfolio'], async ({ body, expectedVersion, params, transaction }) => {
  const { accountIds, ...values } = body
  const current = await lockPortfolio(transaction, params.portfolioId, expectedVersion)
  await refusePortfolio(transaction, { householdId: current.householdId, ...stateOf(current), ...body })
  if (body.isDefault) await unmarkDefault(transaction, current.householdId)
  if (accountIds) await linkPortfolio(transaction, current, accountIds)
  requireRow(await portfolioRows.update(transaction, current.id, values, current.version), portfolios)
  const portfolio = await recordPortfolio(transaction, current.id, 'updated')
  return ok(portfolios.present(portfolio), portfolio.version)
})
