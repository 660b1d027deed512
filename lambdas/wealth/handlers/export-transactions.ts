import { and } from 'drizzle-orm'
import { type Account, accountRows, findAccountNames } from '../../../db/queries/wealth/accounts.ts'
import { peopleOfHousehold } from '../../../db/queries/identity/index.ts'
import { type LedgerRow, ledgerRows } from '../../../db/queries/wealth/index.ts'
import { findOwnCategories } from '../../../db/queries/wealth/own-categories.ts'
import type { Place } from '../../../db/queries/rows.ts'
import { type FileAccount, writeCsv, writeJson, writeOfx } from '../../../domain/wealth/index.ts'
import { answerLimitBytes } from '../../runtime/answer-size.ts'
import { notFound, Problem } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { fileAccountOf } from '../file-account.ts'
import { filterConditions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'

/** Rows that are read at once. */
const pageRows = 1000
/** No format writes a row in fewer bytes, so more rows never fit. */
const mostRows = 60_000

const writers = {
  csv: { mediaType: 'text/csv', write: (account: FileAccount) => writeCsv([account]) },
  json: { mediaType: 'application/json', write: (account: FileAccount) => writeJson([account]) },
  ofx: {
    mediaType: 'application/x-ofx',
    write: (account: FileAccount, { balance, currency }: Account) => writeOfx([account], { asOf: balance.today, currency }).text,
  },
} as const

const tooLarge = () =>
  new Problem('export-too-large', 'The transactions do not fit into one file. Ask for a shorter time with from and to.')

export const handler = serve(wealthRoutes['export-transactions'], async ({ params, query, transaction }) => {
  const account = await accountRows.find(transaction, params.accountId)
  if (!account) throw notFound('account')
  const where = and(...filterConditions({ accountId: account.id, dateFrom: query.from, dateTo: query.to }))
  const rows: LedgerRow[] = []
  let after: Place | null | undefined
  do {
    const page = await ledgerRows.list(transaction, { limit: pageRows, sort: 'date', where, after: after ?? undefined })
    rows.push(...page.rows)
    if (rows.length > mostRows) throw tooLarge()
    after = page.next
  } while (after)
  const names = {
    categories: new Map((await findOwnCategories(transaction, account.householdId)).map(({ id, name }) => [id, name])),
    accounts: await findAccountNames(transaction, account.householdId),
    people: new Map((await peopleOfHousehold(transaction, account.householdId)).map(({ id, name }) => [id, name])),
  }
  const { mediaType, write } = writers[query.format]
  const body = write(fileAccountOf(account, rows, names), account)
  if (Buffer.byteLength(JSON.stringify(body)) > answerLimitBytes) throw tooLarge()
  return { status: 200, body, headers: { 'content-type': `${mediaType}; charset=utf-8` } }
})
