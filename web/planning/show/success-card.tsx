import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Card, Stat } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { failuresByYear, middleFailure, placeOf, type Result, type Run } from './results.ts'
import { RunSeal } from './run-seal.tsx'
import styles from './show.module.css'
import { success as m } from '#messages/plan-results'

type Shown = { readonly run: Run; readonly result: Result; readonly firstYear: number }

const useSentence = ({ result }: Pick<Shown, 'result'>): string => {
  const look = useLook()
  const { count, criterion } = result.success
  const [succeeded, paths] = [formatNumber(count, look), formatNumber(result.paths, look)]
  if (criterion === 'essential_spending') return m.household.essential_spending(succeeded, paths)
  if (criterion !== undefined) return m.household.all_spending(succeeded, paths)
  return m.portfolio(succeeded, paths, String((result.bands.real[0]?.length ?? 1) - 1))
}

/** The share of futures in which the plan works, in words and with its uncertainty, and the main figures. */
export const SuccessCard = ({ firstYear, result, run }: Shown) => {
  const look = useLook()
  const sentence = useSentence({ result })
  const interval = run.successInterval ?? result.success.interval
  const [low, high] = [formatPercent(interval.lower, look), formatPercent(interval.upper, look)]
  const middle = result.endingWealth.real.percentiles[placeOf(result.bands.percentiles, 0.5)] ?? 0
  const half = middleFailure(failuresByYear(result))
  const failing = formatNumber(result.paths - result.success.count, look)
  const failsNote = (age: number | undefined) => (age === undefined ? m.failsNote(failing) : m.failsAtAge(failing, String(age)))
  return (
    <Card>
      <div className={styles['stats']}>
        <Stat label={m.probability} note={m.interval(low, high)}>
          {formatPercent(result.success.probability, look)}
        </Stat>
        <Stat label={m.fails} note={half ? failsNote(half.age) : m.failsNoneNote}>
          {half ? firstYear + half.year : m.failsNever}
        </Stat>
        <Stat label={m.ending} note={m.endingNote}>
          {formatMoney(middle, look, { precision: 'short' })}
        </Stat>
        {result.taxes && (
          <Stat label={m.taxes} note={m.taxesNote}>
            {formatMoney(result.taxes.lifetimeReal.mean, look, { precision: 'short' })}
          </Stat>
        )}
      </div>
      <p className={styles['sentence']}>{sentence}</p>
      <p className={styles['quiet']}>
        {m.sure(formatPercent(interval.level, look, 0), low, high)} {m.estimate}
      </p>
      <RunSeal run={run} />
    </Card>
  )
}
