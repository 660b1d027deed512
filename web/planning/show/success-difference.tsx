import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { formatNumber } from '../../components/format.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import { mayBeChance } from './results.ts'
import styles from './show.module.css'
import { difference as m } from '#messages/plan-analyses'

export type Comparison = Omit<ApiAnswer<'POST /v1/planning/plans/{planId}/comparisons'>, 'warnings'>

/** Percentage points to a tenth. `signed`: with a plus too; else only with a minus. */
export const points = (fraction: number, { locale }: Look, signed = true): string =>
  new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: signed ? 'exceptZero' : 'negative',
  }).format(fraction * 100)

/** The sentences that say how the share of success changes, and whether that is certain. */
export const differenceWords = ({ success }: Comparison, look: Look): readonly string[] => {
  const { difference, onlyFirst, onlySecond } = success
  if (onlyFirst === 0 && onlySecond === 0) return [m.none]
  const say = difference.estimate < 0 ? m.less : m.more
  const [low, high] = difference.estimate < 0 ? [-difference.upper, -difference.lower] : [difference.lower, difference.upper]
  return [
    say(points(Math.abs(difference.estimate), look, false), points(low, look, false), points(high, look, false)),
    mayBeChance(difference) ? m.chance : m.sure,
    ...(onlySecond > 0 ? [m.saved(formatNumber(onlySecond, look))] : []),
    ...(onlyFirst > 0 ? [m.lost(formatNumber(onlyFirst, look))] : []),
  ]
}

export const SuccessDifference = ({ comparison }: { readonly comparison: Comparison }) => (
  <p className={styles['prose']}>{differenceWords(comparison, useLook()).join(' ')}</p>
)
