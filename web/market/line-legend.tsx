import styles from './candle-chart.module.css'
import { lineToken } from './chart-colours.ts'
import type { IndicatorLine } from './use-indicators.ts'

/** The names of the lines with their colours. */
export const LineLegend = ({ lines }: { readonly lines: readonly IndicatorLine[] }) =>
  lines.length === 0 ? null : (
    <ul className={styles['legend']}>
      {lines.map(({ key, label }, index) => (
        <li key={key}>
          <span aria-hidden="true" style={{ background: `var(--${lineToken(index)})` }} />
          {label}
        </li>
      ))}
    </ul>
  )
