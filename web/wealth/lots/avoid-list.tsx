import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { formatDate } from '../../components/format.ts'
import { Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import { dayAfter, type NameOf, washSalePath } from './lot-data.ts'
import { dollarWords, shareWords, withoutSign } from './lot-figures.tsx'
import { LotTransactions } from './lot-transactions.tsx'
import styles from './lots.module.css'
import { avoid as m, shared } from '#messages/lots'

type Trade = ApiAnswer<'GET /v1/wealth/wash-sale-watch'>['items'][number]

/** Trades for which the same must be avoided, with the last day of all of them. */
const inGroups = (items: readonly Trade[]) =>
  [...Map.groupBy(items, ({ kind, symbol }) => `${kind} ${symbol}`)].map(([key, trades]) => ({
    key,
    first: trades[0]!,
    until: trades
      .map(({ until }) => until)
      .toSorted()
      .at(-1)!,
    trades,
  }))

const headline = ({ kind, symbols }: Trade, until: string, look: Look): string => {
  const names = new Intl.ListFormat(look.locale, { type: 'disjunction' }).format(symbols)
  return (kind === 'do_not_buy' ? m.doNotBuy : m.doNotSell)(names, formatDate(dayAfter(until), look))
}

const reason = ({ accountId, amount, kind, quantity }: Trade, nameOf: NameOf, look: Look): string => {
  const [shares, account] = [shareWords(quantity, look), nameOf(accountId)]
  if (kind === 'do_not_sell') return m.purchase(shares, account)
  return amount === null ? m.loss(shares, account) : m.lossOf(shares, account, dollarWords(withoutSign(amount), look))
}

const Reason = ({ nameOf, trade }: { readonly trade: Trade; readonly nameOf: NameOf }) => {
  const look = useLook()
  const { kind, symbol, transactionId } = trade
  return (
    <li>
      {reason(trade, nameOf, look)}{' '}
      {kind === 'do_not_buy' ? (
        <Link href={washSalePath(transactionId)} aria-label={m.ofSecurity(m.showLoss, symbol)}>
          {m.showLoss}
        </Link>
      ) : (
        <LotTransactions
          label={m.ofSecurity(m.showPurchase, symbol)}
          words={m.showPurchase}
          parts={[{ role: shared.opened, transactionId }]}
        />
      )}
    </li>
  )
}

/** The trades that would make a wash sale now, with the reason of each. Nothing is shown if there are none. */
export const AvoidList = ({ householdId, nameOf }: { readonly householdId: string; readonly nameOf: NameOf }) => {
  const look = useLook()
  const { data, error, refetch } = useApi('GET /v1/wealth/wash-sale-watch', { query: { householdId } })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data || data.items.length === 0) return null
  return (
    <Section title={m.title} lead={m.lead}>
      {inGroups(data.items).map(({ first, key, trades, until }) => (
        <Notice key={key} kind="warn">
          <strong>{headline(first, until, look)}</strong>
          <ul className={styles['list']}>
            {trades.map(trade => (
              <Reason key={trade.transactionId} trade={trade} nameOf={nameOf} />
            ))}
          </ul>
        </Notice>
      ))}
    </Section>
  )
}
