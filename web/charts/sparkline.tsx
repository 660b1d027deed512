import { sparkline } from '../../domain/charts/index.ts'
import { part } from './chart.tsx'

const width = 96
const height = 28

/** The shape of a few figures, in the size of a word. `label` says what it shows. */
export const Sparkline = ({ label, values }: { readonly label: string; readonly values: readonly number[] }) => (
  <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
    <path className={part('median')} d={sparkline(values, width, height)} />
  </svg>
)
