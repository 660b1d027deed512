import { Link } from 'wouter'
import { BarChart } from '../../charts/bar-chart.tsx'
import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import {
  failedByAge,
  failingSample,
  failuresByCause,
  failuresByYear,
  type FailuresOfYear,
  firstFailedYear,
  isHouseholdLedger,
  isHouseholdResult,
  meanRealReturn,
  middleFailure,
  type Result,
  type Run,
  shortfallsOf,
  succeedingSample,
} from './results.ts'
import styles from './show.module.css'
import { useLedger } from './use-runs.ts'
import { failures as m } from '#messages/plan-results'

/** Years of a path's beginning, on which its end depends most. */
const beginning = 10

/** Why one future fails: its markets, prices and what it cannot pay, beside a future that succeeds. */
const Example = ({ path, result, run }: { readonly path: number; readonly result: Result; readonly run: Run }) => {
  const look = useLook()
  const { data, error, refetch } = useLedger(run.id, path)
  const { data: better } = useLedger(run.id, succeedingSample(result)?.path)
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const failed = isHouseholdLedger(data.years) ? firstFailedYear(data.years) : undefined
  if (!failed || !isHouseholdLedger(data.years)) return null
  const own = meanRealReturn(data.years, beginning)
  const others = better && isHouseholdLedger(better.years) ? meanRealReturn(better.years, beginning) : undefined
  const people = failed.people.map(({ age, key }) => `${key} ${age}`).join(', ')
  const lacking = (['spending', 'debts', 'taxes', 'goals'] as const).flatMap(kind => {
    const amount = shortfallsOf(failed)[kind]
    return amount >= 1 ? [m.part(formatMoney(amount, look), m.unpaid[kind])] : []
  })
  const rate = (value: number) => formatPercent(value, look, 1, true)
  return (
    <div className={styles['prose']}>
      <h3>{m.why}</h3>
      <p>
        {m.path(formatNumber(path, look))} {m.when(String(failed.calendarYear), people)}{' '}
        {lacking.length > 0 && m.unpaidSentence(new Intl.ListFormat(look.locale).format(lacking))}
      </p>
      <p>
        {own !== undefined && others !== undefined && m.returns(String(beginning), rate(own), rate(others))}{' '}
        {m.prices(formatNumber(failed.priceIndex, look, 1))}
      </p>
      <p>
        <Link href={`/plans/${run.planId}/paths/${path}?run=${run.id}`}>{m.explore}</Link>
      </p>
    </div>
  )
}

/** What cannot be paid in the futures that fail, with the shares of each cause. */
const Causes = ({ failures, result }: { readonly failures: readonly FailuresOfYear[]; readonly result: Result }) => {
  const look = useLook()
  const found = failuresByCause(failures)
  if (!found) return isHouseholdResult(result) ? <p>{m.olderCauses}</p> : null
  const all = found.reduce((sum, { paths }) => sum + paths, 0)
  const most = found.toSorted((a, b) => b.paths - a.paths)[0]
  return (
    <>
      <p>{most && m.mostFail(formatPercent(most.paths / all, look, 0), m.causes[most.cause].sentence)}</p>
      <Table
        caption={m.causesTitle}
        rows={found}
        rowKey={({ cause }) => cause}
        columns={[
          {
            key: 'cause',
            header: m.cause,
            cell: ({ cause }) => (
              <>
                <strong>{m.causes[cause].name}</strong>
                <span className={styles['note']}>{m.causes[cause].note}</span>
              </>
            ),
          },
          { key: 'futures', header: m.futuresOf, align: 'end', cell: ({ paths }) => formatNumber(paths, look) },
          { key: 'failures', header: m.shareOfFailures, align: 'end', cell: ({ paths }) => formatPercent(paths / all, look, 0) },
          { key: 'all', header: m.shareOfAll, align: 'end', cell: ({ paths }) => formatPercent(paths / result.paths, look) },
        ]}
      />
    </>
  )
}

/** The years and ages at which futures fail, and an example of why. */
export const Failures = ({ firstYear, result, run }: { readonly run: Run; readonly result: Result; readonly firstYear: number }) => {
  const look = useLook()
  const found = failuresByYear(result)
  const explorer = (
    <p>
      <Link href={`/plans/${run.planId}/paths/0?run=${run.id}`}>{m.exploreAny}</Link>
    </p>
  )
  const [first, half, last] = [found[0], middleFailure(found), found.at(-1)]
  if (!first || !half || !last)
    return (
      <Section title={m.title}>
        <p>{m.none}</p>
        {explorer}
      </Section>
    )
  const byAge = first.age !== undefined
  const stepOf = ({ age, year }: { readonly year: number; readonly age?: number }) => (byAge ? (age ?? 0) : firstYear + year)
  const byCause = failuresByCause(found)
  const byAges = failedByAge(found).map(({ age, paths }) => m.failedBy(formatPercent(paths / result.paths, look), String(age)))
  const example = failingSample(result)
  const poorest = result.samplePaths?.[0]
  return (
    <Section title={m.title}>
      <BarChart
        title={byAge ? m.chartByAge : m.chart}
        summary={(byAge ? m.summaryByAge : m.summary)(String(stepOf(half)), String(stepOf(first)), String(stepOf(last)))}
        stepName={byAge ? m.age : m.year}
        steps={found.map(stepOf)}
        series={
          byCause?.map(({ cause, values }) => ({ name: m.causes[cause].name, values })) ?? [
            { name: m.futures, values: found.map(({ paths }) => paths) },
          ]
        }
        words={value => formatNumber(value, look)}
      />
      {byAges.length > 0 && <p>{m.failedByAges(new Intl.ListFormat(look.locale).format(byAges))}</p>}
      <Causes failures={found} result={result} />
      {example && <Example run={run} result={result} path={example.path} />}
      {!example && poorest && (
        <p>
          {m.rare(formatPercent(result.bands.percentiles[0] ?? 0, look, 0))}{' '}
          <Link href={`/plans/${run.planId}/paths/${poorest.path}?run=${run.id}`}>{m.exploreRare}</Link>
        </p>
      )}
      {explorer}
    </Section>
  )
}
