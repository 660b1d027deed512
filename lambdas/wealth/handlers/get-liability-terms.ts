import { serve } from '../../runtime/serve.ts'
import { requireAccount } from '../account-checks.ts'
import { answerLiability } from '../liability-answer.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-liability-terms'], async ({ params, transaction }) =>
  answerLiability(transaction, await requireAccount(transaction, params.accountId)),
)
