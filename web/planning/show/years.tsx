import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { download } from '../../components/download.ts'
import { formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import type { Flows } from './flows.ts'
import { isHouseholdResult, type Result, type Run, sampleAt } from './results.ts'
import styles from './show.module.css'
import type { MoneyKind } from './wealth-fan.tsx'
import { columnsOfAll, columnsOfFlows } from './year-rows.ts'
import { YearTable } from './year-table.tsx'
import { years as m } from '#messages/plan-results'
import { problem } from '#messages/shell'

const save = async (runId: string): Promise<void> => {
  try {
    const csv = await api('GET /v1/planning/runs/{runId}/years.csv', { params: { runId } })
    download(`${m.file}.csv`, csv, 'text/csv')
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void save(runId) })
  }
}

/** The means of every flow, and the spread of wealth and spending, by year. */
const Household = ({
  firstYear,
  flows,
  kind,
  notes,
  result,
}: {
  readonly result: Result
  readonly flows: Flows
  readonly firstYear: number
  readonly kind: MoneyKind
  readonly notes: readonly string[]
}) => {
  const look = useLook()
  const [which, setWhich] = useState<'flows' | 'spread'>('flows')
  return (
    <>
      <div className={`${styles['row']} no-print`}>
        <Choice
          label={m.which}
          value={which}
          onChange={setWhich}
          options={[
            ['flows', m.flows],
            ['spread', m.spread],
          ]}
        />
      </div>
      <p className={styles['quiet']}>{which === 'flows' ? m.leadFlows : m.leadSpread}</p>
      <YearTable
        title={which === 'flows' ? m.flows : m.spread}
        firstYear={firstYear}
        columns={which === 'flows' ? columnsOfFlows(flows, result) : columnsOfAll(result, kind, each => formatPercent(each, look, 0))}
        ages={notes}
      />
    </>
  )
}

/** The tables by year, and the same as a file. */
export const Years = ({
  firstYear,
  kind,
  notes,
  result,
  run,
}: {
  readonly run: Run
  readonly result: Result
  readonly firstYear: number
  readonly kind: MoneyKind
  /** The ages of the people, by year. */
  readonly notes: readonly string[]
}) => {
  const look = useLook()
  const flows = result.yearly?.real
  return (
    <Section title={m.title} actions={(flows || !isHouseholdResult(result)) && <Button onClick={() => void save(run.id)}>{m.csv}</Button>}>
      {flows ? (
        <Household result={result} flows={flows} firstYear={firstYear} kind={kind} notes={notes} />
      ) : (
        <>
          <p className={styles['quiet']}>{m.leadSpread}</p>
          <YearTable
            title={m.spread}
            firstYear={firstYear}
            columns={columnsOfAll(result, kind, each => formatPercent(each, look, 0))}
            {...(notes.length > 0 ? { ages: notes } : {})}
          />
        </>
      )}
      <p className="no-print">
        <Link href={`/plans/${run.planId}/paths/${sampleAt(result, 0.5)?.path ?? 0}?run=${run.id}`}>{m.oneFuture}</Link>
      </p>
    </Section>
  )
}
