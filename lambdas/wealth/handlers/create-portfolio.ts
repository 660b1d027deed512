import { findDefaultPortfolio, linkPortfolio, portfolioRows, unmarkDefault } from '../../../db/queries/wealth/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { refusePortfolio } from '../portfolio-checks.ts'
import { recordPortfolio } from '../portfolio-state.ts'
import { portfolios } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-portfolio'], async ({ body, transaction }) => {
  const { accountIds, ...values } = body
  const household = await requireEditableHousehold(transaction, body.householdId)
  await refusePortfolio(transaction, body)
  const isDefault = body.isDefault ?? !(await findDefaultPortfolio(transaction, household.id))
  if (isDefault) await unmarkDefault(transaction, household.id)
  const inserted = await portfolioRows.insert(transaction, { ...values, isDefault, currency: body.currency ?? household.currency })
  await linkPortfolio(transaction, inserted, accountIds)
  const portfolio = await recordPortfolio(transaction, inserted.id, 'created')
  return created(portfolios.present(portfolio), `/v1/wealth/portfolios/${portfolio.id}`, portfolio.version)
})
