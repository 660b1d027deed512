import * as z from 'zod'
import type { Bank, Change, Item } from './bank.ts'
import { errorBody, PlaidError } from './errors.ts'
import { institutions } from './sample.ts'
import type { WebhookKeys } from './webhooks.ts'

export interface Served {
  readonly bank: Bank
  readonly keys: WebhookKeys
  /** The address of this server, for the page of Hosted Link. */
  readonly url: () => string
}

type Operation = (body: unknown, served: Served) => object

const operation =
  <Form extends z.ZodType>(form: Form, answer: (given: z.output<Form>, served: Served) => object): Operation =>
  (body, served) => {
    const read = form.safeParse(body)
    if (!read.success) throw new PlaidError('INVALID_FIELD', z.prettifyError(read.error))
    return answer(read.data, served)
  }

const describeItem = (item: Item) => ({
  item_id: item.itemId,
  institution_id: item.institutionId,
  institution_name: institutions[item.institutionId] ?? null,
  webhook: item.webhook,
  error: item.error === null ? null : errorBody(item.error, ''),
  available_products: ['balance'],
  billed_products: ['transactions'],
  products: ['transactions'],
  consent_expiration_time: item.consentExpiresAt,
  update_type: 'background',
  created_at: item.createdAt,
})

const withToken = z.object({ access_token: z.string() })

/** An operation on the data of an item, which an item in an error refuses. */
const ofItem = <Form extends typeof withToken>(form: Form, answer: (item: Item, given: z.output<Form>) => object) =>
  operation(form, (given, { bank }) => {
    const item = bank.itemOf(given.access_token)
    if (item.error !== null) throw new PlaidError(item.error)
    return answer(item, given)
  })

/** A place in the changes of an item; while pages follow, also how many changes there were at the first page. */
const readCursor = (item: Item, cursor: string): { readonly from: number; readonly began: number | undefined } => {
  if (cursor === '') return { from: 0, began: undefined }
  const [itemId, from, began] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (itemId !== item.itemId || !/^\d+$/.test(from ?? '')) throw new PlaidError('INVALID_FIELD', 'cursor not associated with access_token')
  return { from: Number(from), began: began === undefined ? undefined : Number(began) }
}

const writeCursor = (item: Item, from: number, began?: number): string =>
  Buffer.from([item.itemId, from, ...(began === undefined ? [] : [began])].join(' ')).toString('base64url')

/** The net effect of the changes of one page: a transaction is in one of the lists only. */
const foldChanges = (changes: readonly Change[]) => {
  const last = new Map<string, Change>()
  for (const change of changes) {
    const id = change.transaction.transaction_id
    const before = last.get(id)
    if (change.kind === 'removed' && before?.kind === 'added') last.delete(id)
    else last.set(id, change.kind === 'modified' && before?.kind === 'added' ? { ...change, kind: 'added' } : change)
  }
  const of = (kind: Change['kind']) => [...last.values()].filter(change => change.kind === kind).map(({ transaction }) => transaction)
  return { added: of('added'), modified: of('modified'), removed: of('removed') }
}

const syncForm = withToken.extend({ cursor: z.string().nullish(), count: z.int().min(1).max(500).default(100) })

const syncTransactions = ofItem(syncForm, (item, { count, cursor }) => {
  const { began, from } = readCursor(item, cursor ?? '')
  const end = item.changes.length
  if (!item.isReady)
    return {
      accounts: item.data.accounts,
      added: [],
      modified: [],
      removed: [],
      next_cursor: '',
      has_more: false,
      transactions_update_status: 'NOT_READY',
    }
  if (began !== undefined && began !== end) throw new PlaidError('TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION')
  const to = Math.min(from + count, end)
  const hasMore = to < end
  return {
    accounts: item.data.accounts,
    ...foldChanges(item.changes.slice(from, to)),
    next_cursor: hasMore ? writeCursor(item, to, end) : writeCursor(item, to),
    has_more: hasMore,
    transactions_update_status: 'HISTORICAL_UPDATE_COMPLETE',
  }
})

const accounts = ofItem(withToken, item => ({ accounts: item.data.accounts, item: describeItem(item) }))

const hostedLink = z.object({ completion_redirect_uri: z.string().optional() })
const linkForm = z.object({
  client_name: z.string().max(30),
  language: z.string(),
  country_codes: z.array(z.string()).min(1),
  user: z.object({ client_user_id: z.string() }),
  products: z.array(z.string()).optional(),
  webhook: z.url().optional(),
  access_token: z.string().nullish(),
  hosted_link: hostedLink.optional(),
})

const day = z.iso.date()
const investmentForm = withToken.extend({
  start_date: day,
  end_date: day,
  options: z.object({ count: z.int().min(1).max(500).default(100), offset: z.int().min(0).default(0) }).prefault({}),
})

/** The operations that Nestegg calls, by their paths. @see https://plaid.com/docs/api */
export const operations: Readonly<Record<string, Operation>> = {
  '/link/token/create': operation(linkForm, (given, { bank, url }) => {
    // Update mode has an access token and no products.
    if (!given.access_token && !given.products?.length) throw new PlaidError('INVALID_FIELD', 'products must be set')
    const { expiresAt, token } = bank.createLinkToken({
      completionUrl: given.hosted_link?.completion_redirect_uri ?? null,
      updates: given.access_token ? bank.itemOf(given.access_token).itemId : null,
      webhook: given.webhook ?? null,
    })
    return {
      link_token: token,
      expiration: expiresAt,
      ...(given.hosted_link ? { hosted_link_url: `${url()}/link/${token}` } : {}),
    }
  }),
  '/link/token/get': operation(z.object({ link_token: z.string() }), ({ link_token }, { bank }) => {
    const link = bank.linkToken(link_token)
    const institution =
      link.institutionId === null ? null : { institution_id: link.institutionId, name: institutions[link.institutionId] ?? '' }
    const results = link.publicToken === null ? [] : [{ public_token: link.publicToken, accounts: [], institution }]
    return {
      link_token,
      created_at: link.createdAt,
      expiration: link.expiresAt,
      link_sessions:
        link.state === 'open'
          ? []
          : [
              {
                link_session_id: `session-${link_token.slice(-12)}`,
                started_at: link.createdAt,
                finished_at: link.createdAt,
                results: link.state === 'finished' ? { item_add_results: results } : null,
              },
            ],
      metadata: {
        initial_products: ['transactions'],
        webhook: link.webhook,
        country_codes: ['US'],
        language: 'en',
        redirect_uri: null,
        client_name: 'Nestegg',
      },
    }
  }),
  '/item/public_token/exchange': operation(z.object({ public_token: z.string() }), ({ public_token }, { bank }) => {
    const { accessToken, itemId } = bank.exchange(public_token)
    return { access_token: accessToken, item_id: itemId }
  }),
  '/item/get': operation(withToken, ({ access_token }, { bank }) => ({ item: describeItem(bank.itemOf(access_token)), status: null })),
  '/item/remove': operation(withToken, ({ access_token }, { bank }) => {
    bank.removeItem(bank.itemOf(access_token).itemId)
    return {}
  }),
  '/accounts/get': accounts,
  '/accounts/balance/get': accounts,
  '/transactions/sync': syncTransactions,
  '/investments/holdings/get': ofItem(withToken, item => {
    const { accounts: all, holdings, securities } = item.data
    const own = all.filter(({ type }) => type === 'investment')
    if (own.length === 0) throw new PlaidError('NO_INVESTMENT_ACCOUNTS')
    return { accounts: own, holdings, securities, item: describeItem(item) }
  }),
  '/investments/transactions/get': ofItem(investmentForm, (item, { end_date, options: { count, offset }, start_date }) => {
    const { accounts: all, investmentTransactions, securities } = item.data
    const own = all.filter(({ type }) => type === 'investment')
    if (own.length === 0) throw new PlaidError('NO_INVESTMENT_ACCOUNTS')
    const found = investmentTransactions.filter(({ date }) => date >= start_date && date <= end_date)
    return {
      accounts: own,
      investment_transactions: found.slice(offset, offset + count),
      securities,
      total_investment_transactions: found.length,
      item: describeItem(item),
    }
  }),
  '/liabilities/get': ofItem(withToken, item => {
    const { accounts: all, liabilities } = item.data
    if (!all.some(({ type }) => type === 'credit' || type === 'loan')) throw new PlaidError('NO_LIABILITY_ACCOUNTS')
    return { accounts: all, liabilities, item: describeItem(item) }
  }),
  '/institutions/get_by_id': operation(z.object({ institution_id: z.string() }), ({ institution_id }) => {
    const name = institutions[institution_id]
    if (name === undefined) throw new PlaidError('INVALID_INSTITUTION')
    return {
      institution: {
        institution_id,
        name,
        products: ['transactions'],
        country_codes: ['US'],
        url: null,
        primary_color: null,
        logo: null,
        routing_numbers: [],
        oauth: false,
      },
    }
  }),
  '/webhook_verification_key/get': operation(z.object({ key_id: z.string() }), ({ key_id }, { keys }) => ({ key: keys.describe(key_id) })),
}
