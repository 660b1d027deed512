import type { ReactNode } from 'react'
import styles from './filters.module.css'
import { table as m } from '#messages/shell'

/** The fields that narrow a list, beside each other where there is room. */
export const Filters = ({ children }: { readonly children: ReactNode }) => (
  <search className={`${styles['filters']} no-print`} aria-label={m.filter}>
    {children}
  </search>
)

/** The properties of a field outside of a form. */
export const filterField = (name: string, value: string, onChange: (value: string) => void) => ({
  id: `filter-${name}`,
  name,
  error: undefined,
  value,
  onChange,
})
