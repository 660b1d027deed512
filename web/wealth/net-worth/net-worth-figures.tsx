import { Money } from '../../components/figures.tsx'
import { formatDate, formatMoney, formatPercent } from '../../components/format.ts'
import { Stat } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { NameOf } from '../lots/lot-data.ts'
import { dayBefore } from '../today.ts'
import type { KnownNetWorth } from './net-worth-data.ts'
import styles from './net-worth.module.css'
import { changeOf } from './reasons.ts'
import { netWorth as m } from '#messages/net-worth'

/** The net worth of the last day with its change since the beginning of the range. */
export const NetWorthFigures = ({ netWorth: { currency, from, to, total } }: { readonly netWorth: KnownNetWorth }) => {
  const look = useLook()
  const change = changeOf(total)
  const [amount, date] = [formatMoney(change, look, { currency, signed: true }), formatDate(dayBefore(from), look)]
  return (
    <div className={styles['head']}>
      <Stat
        label={m.on(formatDate(to, look))}
        note={
          total.beginValue > 0
            ? m.sinceWithShare(amount, formatPercent(change / total.beginValue, look, 1, true), date)
            : m.since(amount, date)
        }
      >
        <Money value={total.endValue} currency={currency} />
      </Stat>
      <div className={styles['parts']}>
        <span>
          {m.assets}{' '}
          <strong>
            <Money value={total.assets} currency={currency} />
          </strong>
        </span>
        <span>
          {m.debts}{' '}
          <strong>
            <Money value={total.debts} currency={currency} />
          </strong>
        </span>
      </div>
    </div>
  )
}

/** What is in no figure on some days of the range, if there is something. */
export const NetWorthGaps = ({
  nameOf,
  netWorth: { from, unconverted, unpriced },
}: {
  readonly netWorth: KnownNetWorth
  /** The name of an account: one of which nothing is known is not among those of the answer. */
  readonly nameOf: NameOf
}) => {
  const gaps = [...unpriced, ...unconverted].filter(gap => gap.to >= dayBefore(from))
  const names = new Set(
    gaps.map(({ accountId, symbol }) => (symbol === null ? m.cashOf(nameOf(accountId)) : m.gapOf(symbol, nameOf(accountId)))),
  )
  return names.size === 0 ? null : <p className={styles['quiet']}>{m.gap([...names].join(', '))}</p>
}
