import { useRef, useState } from 'react'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { FanChart } from '../../charts/fan-chart.tsx'
import { Button, ButtonLink } from '../../components/button.tsx'
import { formatMoney } from '../../components/format.ts'
import { Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { api, refreshQueries, useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { changed } from '../../shell/undo.ts'
import { restoreVersion } from '../history/restore.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan, ShownPlan } from '../plan-header.tsx'
import { ActualResult, type Report } from './actual-result.tsx'
import { firstYearOf, placeOf, type Result, type Run } from './results.ts'
import show from './show.module.css'
import { actual as m } from '#messages/plan-paths'

export type Actual = ApiAnswer<'GET /v1/planning/runs/{runId}/actual-balances'>

/** The real balances of the accounts of a run. */
export const useActual = (runId: string) => useApi('GET /v1/planning/runs/{runId}/actual-balances', { params: { runId } })

const yearsSince = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / (365.25 * 86_400_000)

/** At least so many years of the fan are shown: the whole of a plan would make months invisible. */
const fewestYears = 5

/** What a run expected in the next years, with the real balances over it. */
const ActualFan = ({
  actual,
  plan,
  result,
  run,
}: {
  readonly actual: Actual
  readonly plan: Plan
  readonly run: Run
  readonly result: Result
}) => {
  const look = useLook()
  const { nominal, percentiles } = result.bands
  const asOfDate = run.provenance.asOfDate ?? plan.asOfDate
  const points = actual.items.map(({ balance, date }) => ({ years: yearsSince(asOfDate, date), value: Number(balance) }))
  const shown = Math.max(fewestYears, Math.ceil(points.at(-1)?.years ?? 0) + 2) + 1
  const bands = nominal.map(band => band.slice(0, shown))
  const firstYear = firstYearOf(run, plan)
  const last = (bands[0]?.length ?? 1) - 1
  const money = (value: number) => formatMoney(value, look, { precision: 'short' })
  const at = (percentile: number) => money(bands[placeOf(percentiles, percentile)]?.[last] ?? 0)
  const year = String(firstYear + last)
  const latest = points.at(-1)
  return (
    <FanChart
      title={m.fan}
      summary={latest ? m.fanSummary(money(latest.value), at(0.25), at(0.75), year) : m.fanEmpty(at(0.25), at(0.75), year)}
      percentiles={percentiles}
      bands={bands}
      firstYear={firstYear}
      {...(points.length > 0 ? { actual: { name: m.fanName, points } } : {})}
    />
  )
}

/** The buttons that take the balances from the accounts. */
const Actions = ({ onReport, plan, run }: { readonly plan: Plan; readonly run: Run; readonly onReport: (report: Report) => void }) => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const key = useRef(crypto.randomUUID())
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await work()
    } catch (error) {
      await refreshPlan()
      setFailure(error)
    }
    setBusy(false)
  }
  const report = async (): Promise<void> => {
    onReport(
      await api('POST /v1/planning/runs/{runId}/plan-versus-actual-reports', {
        params: { runId: run.id },
        body: {},
        idempotencyKey: key.current,
      }),
    )
    key.current = crypto.randomUUID()
    await refreshQueries('GET /v1/planning/plans/{planId}/outputs')
    showToast({ kind: 'good', text: m.reported })
  }
  const roll = async (): Promise<void> => {
    await api('POST /v1/planning/plans/{planId}/roll-forwards', {
      params: { planId: plan.id },
      ifMatch: plan.version,
      body: { priceChange: 'assumed' },
    })
    await refreshPlan()
    changed(m.rolled, () => restoreVersion(plan.id, plan.version))
  }
  return (
    <>
      <p className={show['buttons']}>
        <Button kind="primary" busy={busy} onClick={() => void attempt(report)}>
          {m.reportNow}
        </Button>{' '}
        <Button busy={busy} onClick={() => void attempt(roll)}>
          {m.rollNow}
        </Button>
      </p>
      <p className={show['quiet']}>{m.rollHelp}</p>
      {failure !== undefined && <Failure error={failure} />}
    </>
  )
}

const Missing = ({ missing, planId }: { readonly missing: Actual['missing']; readonly planId: string }) => (
  <Notice kind="warn">
    <div>
      <p>{m.missing}</p>
      <ul>
        {missing.map(({ inputName, reason }) => (
          <li key={inputName}>{m.missingLine(inputName, reason)}</li>
        ))}
      </ul>
      <ButtonLink href={`/plans/${planId}/edit`}>{m.link}</ButtonLink>
    </div>
  </Notice>
)

/** What became real since a run, where that is now, and what can be done with it. */
export const ActualNow = ({
  canEdit,
  onReport,
  plan,
  result,
  run,
}: ShownPlan & { readonly run: Run; readonly result: Result; readonly onReport: (report: Report) => void }) => {
  const { data: actual, error, refetch } = useActual(run.id)
  if (error) return <Failure error={error} retry={refetch} />
  if (!actual) return <Loading />
  return (
    <>
      <ActualFan actual={actual} plan={plan} run={run} result={result} />
      {actual.missing.length > 0 && <Missing missing={actual.missing} planId={plan.id} />}
      {actual.missing.length === 0 && (
        <Section title={m.now}>
          {actual.now ? <ActualResult report={actual.now} /> : <p>{m.outside}</p>}
          {canEdit && actual.now && <Actions plan={plan} run={run} onReport={onReport} />}
        </Section>
      )}
    </>
  )
}
