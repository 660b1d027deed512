import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { CalendarDate, Moment, Money } from '../components/figures.tsx'
import { Badge, Card, Notice } from '../components/page.tsx'
import { type Connection, remove, signInAgain, sync } from './connection-actions.ts'
import styles from './connections.module.css'
import * as m from '#messages/connections'

const kinds = { waiting: 'good', syncing: 'info', failed: 'warn', 'sign-in-required': 'bad' } as const

const State = ({ isActive, lastSyncAt, syncStatus }: Connection) => {
  if (!isActive) return <Badge>{m.states.ended}</Badge>
  if (syncStatus === 'waiting' && lastSyncAt === null) return <Badge kind="info">{m.fetching}</Badge>
  return <Badge kind={kinds[syncStatus]}>{m.states[syncStatus]}</Badge>
}

const RemoveDialog = ({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) => {
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    await remove(connection)
    onClose()
  }
  return (
    <Dialog title={m.removeTitle(connection.institutionName)} onClose={onClose}>
      <p>{m.removeText}</p>
      <div className={styles['actions']}>
        <Button onClick={onClose}>{m.keep}</Button>
        <Button kind="danger" busy={busy} onClick={() => void confirm()}>
          {m.remove}
        </Button>
      </div>
    </Dialog>
  )
}

/** Divided transactions to which the institution has given another amount, so that the person can look at their parts. */
const ChangedSplits = ({ changedSplits }: Connection) =>
  changedSplits.length > 0 && (
    <Notice>
      <p>{m.changedSplits(changedSplits.length)}</p>
      <ul className={styles['list']}>
        {changedSplits.map(({ accountId, amountAfter, amountBefore, currency, date, description, transactionId }) => (
          <li key={`${transactionId} ${amountAfter}`}>
            <Link href={`/accounts/${accountId}/register?search=${encodeURIComponent(description)}`}>{description}</Link>,{' '}
            <CalendarDate date={date} />: <Money value={amountBefore} currency={currency} precision="exact" /> {m.becomes}{' '}
            <Money value={amountAfter} currency={currency} precision="exact" />
          </li>
        ))}
      </ul>
    </Notice>
  )

/** A connection: how it stands, and what the person can do about it. */
export const ConnectionCard = ({ canEdit, connection }: { readonly connection: Connection; readonly canEdit: boolean }) => {
  const { consentExpiresAt, errorMessage, id, institutionName, isActive, lastSyncAt, nextSyncAt, syncStatus } = connection
  const [asks, setAsks] = useState(false)
  const [busy, setBusy] = useState<'fix' | 'sync'>()
  const during = (what: 'fix' | 'sync', work: Promise<void>) => {
    setBusy(what)
    void work.finally(() => setBusy(undefined))
  }
  const needsPerson = isActive && syncStatus === 'sign-in-required'
  return (
    <Card>
      <div className={styles['header']}>
        <h2>{institutionName}</h2>
        <State {...connection} />
      </div>
      {errorMessage !== null && isActive && <Notice kind={needsPerson ? 'bad' : 'warn'}>{errorMessage}</Notice>}
      <ChangedSplits {...connection} />
      <dl className={styles['facts']}>
        <dt>{m.lastSync}</dt>
        <dd>{lastSyncAt === null ? m.never : <Moment instant={lastSyncAt} />}</dd>
        {isActive && syncStatus === 'failed' && (
          <>
            <dt>{m.nextSync}</dt>
            <dd>
              <Moment instant={nextSyncAt} />
            </dd>
          </>
        )}
        {consentExpiresAt !== null && (
          <>
            <dt>{m.consentExpires}</dt>
            <dd>
              <Moment instant={consentExpiresAt} />
            </dd>
          </>
        )}
      </dl>
      {canEdit && (
        <div className={`${styles['actions']} no-print`}>
          {needsPerson && (
            <Button
              kind="primary"
              busy={busy === 'fix'}
              aria-label={m.fixOf(institutionName)}
              onClick={() => during('fix', signInAgain(connection))}
            >
              {m.fix}
            </Button>
          )}
          {isActive && !needsPerson && (
            <Button busy={busy === 'sync'} aria-label={m.syncOf(institutionName)} onClick={() => during('sync', sync(id, institutionName))}>
              {m.sync}
            </Button>
          )}
          <Button kind="quiet" aria-label={m.removeOf(institutionName)} onClick={() => setAsks(true)}>
            {m.remove}
          </Button>
        </div>
      )}
      {asks && <RemoveDialog connection={connection} onClose={() => setAsks(false)} />}
    </Card>
  )
}
