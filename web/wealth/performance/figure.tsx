import { formatNumber, formatPercent } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import type { PerformanceFigure } from './performance-data.ts'
import { performance as m } from '#messages/performance'

/** A figure: a percentage or a ratio, or the reason why there is none. */
export const FigureText = ({ figure, isRatio = false }: { readonly figure: PerformanceFigure; readonly isRatio?: boolean }) => {
  const look = useLook()
  if (figure.value === null) return <span title={figure.message ?? undefined}>{m.unknown}</span>
  return <>{isRatio ? formatNumber(figure.value, look, 2) : formatPercent(figure.value, look, 2, true)}</>
}
