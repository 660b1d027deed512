import { randomUUID } from 'node:crypto'
import type { AccountBase, Holding, PlaidApi } from 'plaid'
import * as z from 'zod'
import type { FunctionCaller, JsonValue } from '../../../db/data-api.ts'
import { logger } from '../../runtime/observability.ts'
import { askForLedgerWork } from '../ledger-work.ts'
import { openSecret, sealedSecret } from '../secrets/envelope.ts'
import { connection as connectionForm } from './connection.ts'
import { ask, describeFailure, PlaidFailure } from './failure.ts'
import { liabilityRows } from './liability-rows.ts'
import { accountRow, investmentRow, transactionRow } from './rows.ts'

/** The most that Plaid gives at a time. */
const largestPage = 500
const restartsLimit = 3
/** Plaid has two years. */
const firstDays = 730
/** Institutions correct investment transactions for some weeks. */
const laterDays = 45

const begun = z.discriminatedUnion('state', [
  z.object({ state: z.literal('begun'), connection: connectionForm, cursor: z.string(), pageCursor: z.string(), token: sealedSecret }),
  z.object({ state: z.literal('busy'), connection: connectionForm }),
  z.object({ state: z.literal('later'), connection: connectionForm, retryAfterSeconds: z.number() }),
  z.object({ state: z.literal('missing') }),
])
const applied = z.object({ applied: z.boolean(), pageCursor: z.string().nullable() })
const stored = z.object({ stored: z.boolean() })
const ended = z.object({ connection: connectionForm.nullable(), hasNews: z.boolean() })

/** Another synchronisation has taken over, or the connection was removed. */
class TakenOver extends Error {
  override readonly name = 'TakenOver'
}

export interface SyncSettings {
  readonly functions: FunctionCaller
  readonly plaid: PlaidApi
  /** With the subject of a person, or without: a job or a webhook, for `householdId`. */
  readonly request: JsonValue
  readonly householdId?: string
  readonly connectionId: string
  /** Whether there is time for another page. What is left waits for the next synchronisation. */
  readonly hasTime: () => boolean
  /** Transactions in a page; by default the most that Plaid gives. */
  readonly pageSize?: number
  /** Asks the institution for the balances now. It takes seconds. */
  readonly freshBalances?: boolean
}

export type SyncOutcome =
  | { readonly state: 'synced' | 'unfinished' | 'failed'; readonly connection: z.output<typeof connectionForm> | null }
  | Exclude<z.output<typeof begun>, { state: 'begun' }>

const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Asks for the rules to be applied to what is new or changed. If that fails, the next synchronisation asks again. */
const askForRules = async ({ householdId, id }: z.output<typeof connectionForm>): Promise<void> => {
  try {
    await askForLedgerWork({ kind: 'follow-up', householdId, scope: { connectionId: id } })
  } catch (error) {
    logger.error('the work that follows a synchronisation could not be asked for', { connectionId: id, error })
  }
}

/** The calls of one synchronisation. Each call repeats safely. */
const callsOf = ({ connectionId, functions, householdId, request }: SyncSettings) => {
  const syncId = randomUUID()
  const call = (name: string, more: Record<string, JsonValue> = {}) =>
    functions.call(
      `wealth.${name}`,
      { request, connectionId, syncId, ...(householdId === undefined ? {} : { householdId }), ...more },
      { idempotent: true },
    )
  return {
    begin: async () => begun.parse(await call('begin_sync')),
    storeAccounts: async (accounts: readonly object[]) => {
      const answer = stored.parse(await call('store_accounts', { accounts: asJson(accounts) }))
      if (!answer.stored) throw new TakenOver()
    },
    applyPage: async (page: object) => applied.parse(await call('apply_page', asJson(page) as Record<string, JsonValue>)),
    restart: async () => z.object({ pageCursor: z.string().nullable() }).parse(await call('restart_pages')).pageCursor,
    storeInvestments: async (transactions: readonly object[]) => {
      const answer = stored.parse(await call('store_investments', { transactions: asJson(transactions) }))
      if (!answer.stored) throw new TakenOver()
    },
    storeLiabilities: async (liabilities: readonly object[]) => {
      const answer = stored.parse(await call('store_liabilities', { liabilities: asJson(liabilities) }))
      if (!answer.stored) throw new TakenOver()
    },
    end: async (more: object) => {
      const { connection, hasNews } = ended.parse(await call('end_sync', asJson(more) as Record<string, JsonValue>))
      if (connection && hasNews) await askForRules(connection)
      return connection
    },
  }
}
type Calls = ReturnType<typeof callsOf>

const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue

/**
 * Reads the changes of transactions, and stores each page with the cursor after it in one statement. If Plaid changes them between two pages, it
 * begins again with the first page; what is stored already is recognised.
 * @returns false if there was no time for all pages, or Plaid has no transactions yet
 */
const syncTransactions = async (
  calls: Calls,
  { hasTime, pageSize = largestPage, plaid }: SyncSettings,
  access_token: string,
  from: string,
): Promise<boolean> => {
  let cursor = from
  for (let restarts = 0; ; ) {
    if (!hasTime()) return false
    try {
      const page = await ask(plaid.transactionsSync({ access_token, count: pageSize, ...(cursor === '' ? {} : { cursor }) }))
      if (page.next_cursor === '') return false
      const { applied: isApplied, pageCursor } = await calls.applyPage({
        fromCursor: cursor,
        nextCursor: page.next_cursor,
        isLast: !page.has_more,
        added: page.added.map(transactionRow),
        modified: page.modified.map(transactionRow),
        removed: page.removed.map(({ transaction_id }) => transaction_id),
      })
      if (!isApplied || pageCursor === null) throw new TakenOver()
      cursor = pageCursor
      if (!page.has_more) return true
    } catch (error) {
      const isMutation = error instanceof PlaidFailure && error.code === 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'
      if (!isMutation || restarts === restartsLimit) throw error
      restarts += 1
      const first = await calls.restart()
      if (first === null) throw new TakenOver()
      cursor = first
    }
  }
}

const syncInvestments = async (calls: Calls, plaid: PlaidApi, access_token: string, days: number): Promise<void> => {
  let offset = 0
  for (;;) {
    const range = { access_token, start_date: dayBefore(days), end_date: dayBefore(0) }
    const page = await ask(plaid.investmentsTransactionsGet({ ...range, options: { count: largestPage, offset } }))
    const securities = new Map(page.securities.map(security => [security.security_id, security]))
    await calls.storeInvestments(page.investment_transactions.flatMap(one => investmentRow(one, securities) ?? []))
    offset += page.investment_transactions.length
    if (page.investment_transactions.length === 0 || offset >= page.total_investment_transactions) return
  }
}

/** Products that the institution does not offer for this sign-in, or has not fetched yet. */
const withoutProduct = new Set([
  'PRODUCT_NOT_READY',
  'PRODUCTS_NOT_SUPPORTED',
  'ADDITIONAL_CONSENT_REQUIRED',
  'NO_INVESTMENT_ACCOUNTS',
  'NO_LIABILITY_ACCOUNTS',
  'PRODUCT_NOT_ENABLED',
  'INVALID_PRODUCT',
])

const ifOffered = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof PlaidFailure && withoutProduct.has(error.code)) return error.code !== 'PRODUCT_NOT_READY'
    throw error
  }
}

const syncLiabilities = async (calls: Calls, plaid: PlaidApi, access_token: string): Promise<void> => {
  const { liabilities } = await ask(plaid.liabilitiesGet({ access_token }))
  await calls.storeLiabilities(liabilityRows(liabilities))
}

const isOwed = ({ type }: AccountBase): boolean => ['credit', 'loan'].includes(type)
const isInvested = ({ type }: AccountBase): boolean => ['investment', 'brokerage'].includes(type)

const synchronise = async (calls: Calls, settings: SyncSettings, token: string, pageCursor: string, isFirst: boolean) => {
  const { freshBalances, hasTime, plaid } = settings
  const access_token = token
  const { item } = await ask(plaid.itemGet({ access_token }))
  if (item.error) throw new PlaidFailure(item.error.error_code, item.error.error_type, item.error.display_message)
  const { accounts } = await ask(freshBalances ? plaid.accountsBalanceGet({ access_token }) : plaid.accountsGet({ access_token }))
  let holdings: readonly Holding[] = []
  const invested = accounts.some(isInvested)
  let isWhole = true
  const readHoldings = async () => {
    holdings = (await ask(plaid.investmentsHoldingsGet({ access_token }))).holdings
  }
  if (invested) isWhole = await ifOffered(readHoldings())
  await calls.storeAccounts(accounts.map(account => accountRow(account, holdings)))
  if (accounts.some(account => !isInvested(account)))
    isWhole = (await syncTransactions(calls, settings, access_token, pageCursor)) && isWhole
  if (invested && hasTime())
    isWhole = (await ifOffered(syncInvestments(calls, plaid, access_token, isFirst ? firstDays : laterDays))) && isWhole
  if (accounts.some(isOwed) && hasTime()) isWhole = (await ifOffered(syncLiabilities(calls, plaid, access_token))) && isWhole
  return { isWhole: isWhole && hasTime(), consentExpiresAt: item.consent_expiration_time }
}

/**
 * Brings a connection up to date: accounts, balances, transactions, investments, terms of debts. One synchronisation of a connection runs at a
 * time. It may be interrupted anywhere, and the next one goes on. A failure of Plaid is stored with the connection.
 */
export const syncConnection = async (settings: SyncSettings): Promise<SyncOutcome> => {
  const calls = callsOf(settings)
  const start = await calls.begin()
  if (start.state !== 'begun') return start
  const { householdId, id, lastSyncAt } = start.connection
  try {
    const token = await openSecret(start.token, { householdId, kind: 'plaid-access-token', id })
    const { consentExpiresAt, isWhole } = await synchronise(calls, settings, token, start.pageCursor, lastSyncAt === null)
    return {
      state: isWhole ? 'synced' : 'unfinished',
      connection: await calls.end({ failure: null, isUnfinished: !isWhole, consentExpiresAt }),
    }
  } catch (error) {
    if (error instanceof TakenOver) return { state: 'busy', connection: start.connection }
    const failure = error instanceof PlaidFailure ? error : new PlaidFailure('INTERNAL', 'NESTEGG')
    if (error === failure) logger.warn('a synchronisation failed', { connectionId: id, code: failure.code, type: failure.type })
    const connection = await calls.end({ failure: describeFailure(failure), isUnfinished: false })
    if (error !== failure) throw error
    return { state: 'failed', connection }
  }
}
