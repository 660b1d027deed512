import { AreaChart } from '../../charts/area-chart.tsx'
import { Legend } from '../../charts/chart.tsx'
import { Money } from '../../components/figures.tsx'
import { formatDate, formatMoney } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import { AccountLink, nameOf } from './account-link.tsx'
import type { KnownNetWorth } from './net-worth-data.ts'
import styles from './net-worth.module.css'
import { chartSeries, chartTotals, mostSeries, type NetWorthSeries } from './series.ts'
import { netWorth as m } from '#messages/net-worth'

const colourOf = ({ isOthers }: NetWorthSeries, index: number): number => (isOthers ? mostSeries : index + 1)

const wordsOf = ({ accounts, isOthers }: NetWorthSeries): string => (isOthers ? m.others(accounts.length) : nameOf(accounts[0]!))

/** The accounts with their colours and what they are worth. Each leads to its page. */
const AccountLegend = ({ currency, series }: { readonly series: readonly NetWorthSeries[]; readonly currency: string }) => {
  const others = series.find(({ isOthers }) => isOthers)
  return (
    <>
      <Legend
        names={series.map(wordsOf)}
        colourOf={index => colourOf(series[index]!, index)}
        wordsOf={index => {
          const { accounts, endValue, isOthers } = series[index]!
          return (
            <>
              {isOthers ? wordsOf(series[index]!) : <AccountLink account={accounts[0]!} />} <Money value={endValue} currency={currency} />
            </>
          )
        }}
      />
      {others && (
        <details className={styles['others']}>
          <summary>{m.showOthers}</summary>
          <ul>
            {others.accounts.map(account => (
              <li key={String(account.accountId)}>
                <AccountLink account={account} /> <Money value={account.endValue} currency={currency} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** The accounts on each other over time, and the net worth as a line. */
export const NetWorthChart = ({ netWorth }: { readonly netWorth: KnownNetWorth }) => {
  const look = useLook()
  const { accounts, currency, dates, to, total } = netWorth
  const series = chartSeries(accounts)
  const totals = chartTotals(netWorth)
  const money = (amount: number) => formatMoney(amount, look, { currency })
  return (
    <AreaChart
      title={m.chart}
      summary={m.summary(money(totals[0]!), formatDate(dates[0]!, look), money(total.endValue), formatDate(to, look))}
      dates={dates}
      series={series.map((each, index) => ({
        key: String(each.isOthers ? 'others' : each.accounts[0]!.accountId),
        name: wordsOf(each),
        values: each.values,
        colour: colourOf(each, index),
      }))}
      totals={totals}
      currency={currency}
      dateWord={m.date}
      totalWord={m.total}
      hint={m.hint}
      legend={<AccountLegend series={series} currency={currency} />}
    />
  )
}
