import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Table } from '../../components/table.tsx'
import { activity as m } from '#messages/trust'
import styles from './trust.module.css'

export type Entry = ApiItem<'GET /v1/operations/audit-logs'>
type Values = Readonly<Record<string, unknown>>

const valuesOf = (json: Entry['oldValues']): Values => (typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {})

/** Columns that say nothing to a person: keys, and who changed the row when. */
const technical: ReadonlySet<string> = new Set([
  'id',
  'household_id',
  'user_id',
  'created_at',
  'updated_at',
  'created_by',
  'updated_by',
  'version',
])

/** The name of the changed thing, if it has one. */
export const nameOf = ({ newValues, oldValues }: Entry): string | undefined => {
  const { input_name: inputName, name } = { ...valuesOf(oldValues), ...valuesOf(newValues) }
  return typeof name === 'string' ? name : typeof inputName === 'string' ? inputName : undefined
}

const words = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return m.nothing
  if (typeof value === 'boolean') return value ? m.yes : m.no
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The fields that a change touched, with their values before and after. */
export const ChangeDetails = ({ entry }: { readonly entry: Entry }) => {
  const [before, after] = [valuesOf(entry.oldValues), valuesOf(entry.newValues)]
  const names = entry.changedFields ?? [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const fields = names.filter(name => !technical.has(name))
  if (fields.length === 0) return null
  return (
    <details className={styles['details']}>
      <summary>{m.fields(fields.length)}</summary>
      <Table
        caption={m.fields(fields.length)}
        rows={fields}
        rowKey={name => name}
        columns={[
          { key: 'field', header: m.field, cell: m.fieldName },
          { key: 'before', header: m.before, cell: name => <code>{words(before[name])}</code> },
          { key: 'after', header: m.after, cell: name => <code>{words(after[name])}</code> },
        ]}
      />
    </details>
  )
}
