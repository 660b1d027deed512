import type { ReactNode } from 'react'
import styles from './facts.module.css'

/** Facts by name. Those without a value are left out. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) => {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
  return known.length === 0 ? null : (
    <dl className={styles['facts']}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
