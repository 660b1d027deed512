import { useEffect, useRef } from 'react'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { Loading, Notice, Stat } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { changesOf, type Lever, type Moved, type PortfolioModel } from './levers.ts'
import { placeOf, type Result } from './results.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { ReadInput } from './stored-input.ts'
import { SuccessDifference } from './success-difference.tsx'
import { usePreview } from './use-preview.ts'
import { linesOf, WealthFan } from './wealth-fan.tsx'
import show from './show.module.css'
import styles from './what-if.module.css'
import { whatIf as m } from '#messages/plan-analyses'

const middleOf = ({ bands, endingWealth }: Result): number => endingWealth.real.percentiles[placeOf(bands.percentiles, 0.5)] ?? 0

/** What the moved sliders would change: success, what is left, and the fan over the stored plan. */
export const WhatIfResult = ({
  inputs,
  models,
  moved,
  plan,
}: {
  readonly plan: Plan
  readonly inputs: readonly ReadInput[]
  readonly models: readonly PortfolioModel[]
  readonly levers: readonly Lever[]
  readonly moved: Moved
}) => {
  const look = useLook()
  const { data, error, isWorking, refetch } = usePreview(plan.id, plan.version, changesOf(inputs, models, moved))
  const seen = useRef<unknown>(null)
  useEffect(() => {
    // Somebody may have changed the plan: its inputs then have other ids.
    if (!error || seen.current === error) return
    seen.current = error
    void refreshPlan()
  }, [error])
  if (error && !isWorking)
    return (
      <section className={styles['result']} aria-label={m.result}>
        <Failure error={error} retry={refetch} />
      </section>
    )
  if (!data) return <Loading />
  const { changed, difference, plan: stored } = data
  const isMoved = Object.keys(moved).length > 0
  const percent = (value: number) => formatPercent(value, look)
  const noteOf = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => m.interval(percent(lower), percent(upper))
  return (
    <section className={styles['result']} aria-labelledby="what-would-change" aria-busy={isWorking}>
      <h2 id="what-would-change">{m.result}</h2>
      <div className={show['stats']}>
        <Stat label={m.before} note={noteOf(stored.successInterval)}>
          {percent(stored.result.success.probability)}
        </Stat>
        <Stat label={m.after} note={noteOf(changed.successInterval)}>
          {percent(changed.result.success.probability)}
        </Stat>
        <Stat label={m.ending} note={`${m.before}: ${formatMoney(middleOf(stored.result), look, { precision: 'short' })}`}>
          {formatMoney(middleOf(changed.result), look, { precision: 'short' })}
        </Stat>
      </div>
      <p role="status" className={styles['status']}>
        {isWorking ? m.working : isMoved ? '' : m.still}
      </p>
      {isMoved && <SuccessDifference comparison={difference} />}
      {[...new Set([...difference.warnings, ...changed.warnings])].map(warning => (
        <Notice key={warning} kind="warn">
          {warning}
        </Notice>
      ))}
      <WealthFan
        result={changed.result}
        firstYear={Number(plan.asOfDate.slice(0, 4))}
        kind="real"
        {...(isMoved ? { against: { name: m.against, lines: linesOf(stored.result) } } : {})}
      />
    </section>
  )
}
