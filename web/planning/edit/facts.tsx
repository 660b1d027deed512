import type { Line } from '../inputs/lines.ts'
import styles from './edit.module.css'

/** Fields in words beside each other. */
export const Facts = ({ lines }: { readonly lines: readonly Line[] }) => (
  <dl className={styles['facts']}>
    {lines.map(({ label, text }, index) => (
      // Two fields of an input can have the same words.
      // oxlint-disable-next-line react/no-array-index-key
      <div key={index}>
        <dt>{label}</dt>
        <dd>
          <bdi>{text}</bdi>
        </dd>
      </div>
    ))}
  </dl>
)
