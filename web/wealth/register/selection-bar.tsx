import { useState } from 'react'
import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { formatNumber } from '../../components/format.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { changed } from '../../shell/undo.ts'
import { explain } from '../../components/problem.tsx'
import styles from './register.module.css'
import { refreshLedger } from './transaction.ts'
import { categoryOf, useCategories } from './use-categories.ts'
import { selection as m } from '#messages/register'

type Change = ApiRequest<'POST /v1/wealth/transactions/labels'>['body']

/** What can be done with the chosen transactions: a category or a tag for all of them, in one request that can be undone. */
export const SelectionBar = ({
  chosen,
  filter,
  householdId,
  matching,
  onChoose,
}: {
  readonly chosen: ReadonlySet<string> | 'all'
  readonly filter: NonNullable<Change['filter']>
  readonly householdId: string
  /** All transactions that match the filters. */
  readonly matching: number
  readonly onChoose: (chosen: ReadonlySet<string> | 'all') => void
}) => {
  const look = useLook()
  const { options } = useCategories()
  const [category, setCategory] = useState('')
  const [tag, setTag] = useState('')
  const [busy, setBusy] = useState(false)
  const all = formatNumber(matching, look)

  const change = async (labels: Pick<Change, 'labels' | 'addedTags'>): Promise<void> => {
    setBusy(true)
    try {
      const which = chosen === 'all' ? { filter } : { transactionIds: [...chosen] }
      const { before, changed: count } = await api('POST /v1/wealth/transactions/labels', { body: { householdId, ...which, ...labels } })
      changed(m.done(count), async () => {
        await api('POST /v1/wealth/transactions/labels/restorations', { body: { householdId, before } })
        await refreshLedger()
      })
      onChoose(new Set())
      await refreshLedger()
    } catch (error) {
      showToast({ kind: 'bad', text: explain(error), error })
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={`${styles['bar']} no-print`} aria-label={m.label}>
      <p role="status">{chosen === 'all' ? m.allChosen(matching, all) : m.chosen(formatNumber(chosen.size, look))}</p>
      <SelectField {...filterField('new-category', category, setCategory)} label={m.category} options={[['', m.pick], ...options]} />
      <Button kind="primary" busy={busy} disabled={category === ''} onClick={() => void change({ labels: categoryOf(category) })}>
        {m.apply}
      </Button>
      <TextField {...filterField('new-tag', tag, setTag)} label={m.tag} />
      <Button busy={busy} disabled={tag.trim() === ''} onClick={() => void change({ addedTags: [tag.trim()] })}>
        {m.addTag}
      </Button>
      {chosen !== 'all' && matching > chosen.size && <Button onClick={() => onChoose('all')}>{m.chooseAll(all)}</Button>}
      <Button kind="quiet" onClick={() => onChoose(new Set())}>
        {m.clear}
      </Button>
    </section>
  )
}
