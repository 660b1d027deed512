import { gauge } from '../../domain/charts/index.ts'
import styles from './gauge.module.css'

const [radius, thickness, margin] = [56, 14, 2]

/** A half circle that a fraction fills from the left. `label` says the same in words. */
export const Gauge = ({ label, value }: { readonly label: string; readonly value: number }) => {
  const { fill, track } = gauge(value, radius, thickness)
  const [width, height] = [2 * (radius + margin), radius + 2 * margin]
  return (
    <svg
      className={styles['gauge']}
      width={width}
      height={height}
      viewBox={`${-radius - margin} ${-radius - margin} ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <path className={styles['track']} d={track} />
      <path className={styles['fill']} d={fill} />
    </svg>
  )
}
