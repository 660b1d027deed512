import { listDisposals } from '../../../db/queries/wealth/disposals.ts'
import { findBalance } from '../../../db/queries/wealth/index.ts'
import type { FileProfileChange } from '../../../domain/files/index.ts'
import { DomainError, issuesUnder } from '../../../domain/shared/index.ts'
import { compareBrokerForm, form8949Line, readBrokerForm } from '../../../domain/wealth/index.ts'
import { answerLimitBytes, bytesInAnswer } from '../../runtime/answer-size.ts'
import { fieldProblem, invalidReference, Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { wealthRoutes } from '../routes.ts'

/** Sales of a year that fit into one comparison. */
const mostSales = 10_000

const tooMany = () =>
  new Problem(
    'export-too-large',
    `The comparison does not fit into one answer: each side can have ${mostSales} sales. Compare account by account.`,
  )

const read = (bytes: Uint8Array, dateOrder: FileProfileChange['dateOrder']) => {
  try {
    return readBrokerForm(Buffer.from(bytes), { dateOrder })
  } catch (error) {
    if (error instanceof DomainError) throw fieldProblem('invalid-value', issuesUnder('body', error.issues), { cause: error })
    throw error
  }
}

export const handler = serve(
  wealthRoutes['create-broker-comparison'],
  async ({ bulkBody, query: { accountId, dateOrder, householdId, year }, transaction }) => {
    await todayOf(transaction, householdId)
    if (accountId !== undefined && (await findBalance(transaction, accountId, null))?.householdId !== householdId)
      throw invalidReference('query.accountId', 'account')
    const { ambiguous, notes, rejected, rejectedCount, sales } = read(bulkBody().bytes, dateOrder)
    const filter = { householdId, year, accountId, isAtBroker: accountId === undefined }
    const rows = await listDisposals(transaction, filter, mostSales + 1)
    if (Math.max(rows.length, sales.length) > mostSales) throw tooMany()
    const { counts, items, totals } = compareBrokerForm(sales, rows)
    const answer = {
      year,
      items: items.map(item => ({ ...item, ours: item.ours.map(row => form8949Line(row)) })),
      counts,
      totals,
      rejected: rejected.map(({ field, line, message }) => ({ line, field: field ?? null, message })),
      rejectedCount,
      notes,
      ambiguous,
    }
    if (bytesInAnswer(answer) > answerLimitBytes) throw tooMany()
    return ok(answer)
  },
)
