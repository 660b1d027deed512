import { useState } from 'react'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Moment } from '../../components/figures.tsx'
import { formatNumber } from '../../components/format.ts'
import { List } from '../../components/list.tsx'
import { Badge, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { useLook } from '../../shell/preferences.ts'
import styles from './import.module.css'
import { isBusy, pollMilliseconds } from './poll.ts'
import { undoImport } from './undo-import.ts'
import { earlier as m, states } from '#messages/import'

type Import = ApiItem<'GET /v1/wealth/imports'>

const storedOf = ({ accounts }: Import): number => (accounts ?? []).reduce((sum, { stored }) => sum + (stored ?? 0), 0)

const File = ({ each }: { readonly each: Import }) => {
  const look = useLook()
  return (
    <div className={styles['what']}>
      <strong>{each.fileName}</strong>
      <span className={styles['details']}>
        <Moment instant={each.createdAt} />
      </span>
      {each.failure !== null && <span className={styles['details']}>{m.failed(each.failure)}</span>}
      {each.status === 'committed' && <span className={styles['details']}>{m.stored(formatNumber(storedOf(each), look))}</span>}
    </div>
  )
}

const UndoDialog = ({ each, onClose }: { readonly each: Import; readonly onClose: () => void }) => {
  const look = useLook()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const run = async () => {
    setBusy(true)
    try {
      await undoImport(each.id, each.version)
      onClose()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={m.undoTitle} onClose={onClose}>
      <p>{m.undoText(each.fileName, storedOf(each), formatNumber(storedOf(each), look))}</p>
      {failure !== undefined && <Failure error={failure} />}
      <p>
        <Button kind="danger" busy={busy} onClick={() => void run()}>
          {m.undo}
        </Button>{' '}
        <Button onClick={onClose}>{m.keep}</Button>
      </p>
    </Dialog>
  )
}

/** The imports of a household, the newest first. Each that was stored can be undone. */
export const EarlierImports = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const list = useApiPages(
    'GET /v1/wealth/imports',
    { query: { householdId, limit: 20 } },
    { refetchInterval: items => (items.some(({ status }) => isBusy(status)) ? pollMilliseconds : false) },
  )
  const [undoing, setUndoing] = useState<Import>()
  return (
    <Section title={m.title}>
      <List list={list} empty={<p>{m.none}</p>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'file', header: m.file, grow: true, cell: each => <File each={each} /> },
              {
                key: 'state',
                header: m.state,
                cell: ({ status }) => <Badge kind={status === 'committed' ? 'good' : 'plain'}>{states[status]}</Badge>,
              },
              {
                key: 'undo',
                header: m.undo,
                hidesHeader: true,
                cell: each => canEdit && each.status === 'committed' && <Button onClick={() => setUndoing(each)}>{m.undo}</Button>,
              },
            ]}
          />
        )}
      </List>
      {undoing && <UndoDialog each={undoing} onClose={() => setUndoing(undefined)} />}
    </Section>
  )
}
