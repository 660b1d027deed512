import { useState } from 'react'
import { TrendChart } from '../charts/trend-chart.tsx'
import { Choice } from '../components/choice.tsx'
import { formatDate, formatMoney } from '../components/format.ts'
import { Card, Loading } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import type { Account } from './account-kinds.ts'
import styles from './accounts.module.css'
import { todayIn, yearsBefore } from './today.ts'
import { trend as m } from '#messages/accounts'

const ranges = {
  quarter: { years: 0.25, interval: 'day' },
  year: { years: 1, interval: 'week' },
  five: { years: 5, interval: 'month' },
  all: { years: 20, interval: 'quarter' },
} as const
type Range = keyof typeof ranges

/** The balance of an account over time, in the time that the person chooses. */
export const AccountTrend = ({ account: { currency, id, name }, timezone }: { readonly account: Account; readonly timezone: string }) => {
  const look = useLook()
  const [range, setRange] = useState<Range>('year')
  const { interval, years } = ranges[range]
  const { data, error, refetch } = useApi('GET /v1/wealth/accounts/{accountId}/balances', {
    params: { accountId: id },
    query: { interval, from: yearsBefore(todayIn(timezone), years) },
  })
  const points = data?.items ?? []
  const words = (balance: string) => formatMoney(balance, look, { currency, precision: 'exact' })
  const [first, last] = [points[0], points.at(-1)]
  return (
    <Card>
      <div className={styles['stack']}>
        <div>
          <Choice
            label={m.range}
            value={range}
            onChange={setRange}
            options={(Object.keys(ranges) as Range[]).map(each => [each, m.ranges[each]] as const)}
          />
        </div>
        {error && <Failure error={error} retry={refetch} />}
        {!data && !error && <Loading />}
        {data && (!first || !last) && <p className={styles['quiet']}>{m.none}</p>}
        {first && last && (
          <TrendChart
            title={`${m.title}: ${name}`}
            summary={`${m.summary(words(first.balance), formatDate(first.date, look), words(last.balance), formatDate(last.date, look))} ${m.note}`}
            points={points}
            currency={currency}
            dateWord={m.date}
            valueWord={m.balance}
            hint={m.hint}
          />
        )}
      </div>
    </Card>
  )
}
