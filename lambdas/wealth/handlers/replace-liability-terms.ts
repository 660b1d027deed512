import { type Account, accountRows } from '../../../db/queries/wealth/accounts.ts'
import { findLiability, replaceLiability } from '../../../db/queries/wealth/liabilities.ts'
import { isDebt } from '../../../domain/wealth/index.ts'
import { Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { faultOfAmount, lockAccount, refuseFaults } from '../account-checks.ts'
import { answerLiability } from '../liability-answer.ts'
import { accounts } from '../resources/accounts.ts'
import { wealthRoutes } from '../routes.ts'

const kindOf = ({ type }: Account) => (type === 'credit_card' || type === 'mortgage' ? type : 'loan')

const amounts = ['minimumPayment', 'lastPaymentAmount', 'lastStatementBalance', 'originalPrincipal'] as const

export const handler = serve(wealthRoutes['replace-liability-terms'], async ({ body: { terms }, expectedVersion, params, transaction }) => {
  const account = await lockAccount(transaction, params.accountId, expectedVersion)
  const { householdId, id, plaidAccountId, version } = account
  const isBackwards = terms !== null && terms.maturesOn !== null && terms.originatedOn !== null && terms.maturesOn < terms.originatedOn
  refuseFaults([
    ['terms', terms === null || isDebt(account.type) ? undefined : 'are only possible for a credit card, loan or mortgage'],
    ['terms.maturesOn', isBackwards ? 'must not be before the beginning of the loan' : undefined],
    ...amounts.map(name => [`terms.${name}`, faultOfAmount(account, terms?.[name])] as const),
  ])
  const stored = await findLiability(transaction, id)
  if (stored?.source === 'plaid' && plaidAccountId !== null)
    throw new Problem('stated-by-institution', 'The institution states these terms, and changes them by itself.')
  await replaceLiability(
    transaction,
    id,
    terms ? { ...terms, accountId: id, householdId, kind: kindOf(account), source: 'person' } : undefined,
  )
  return answerLiability(transaction, requireRow(await accountRows.update(transaction, id, {}, version), accounts))
})
