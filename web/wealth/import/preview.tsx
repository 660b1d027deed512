import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { CheckboxField } from '../../components/field.tsx'
import { formatNumber } from '../../components/format.ts'
import { Notice, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { needsAccount, type Preview, type Reading, storedCount } from './choices.ts'
import { PreviewOfAccount } from './preview-account.tsx'
import { ProfileForm } from './profile-form.tsx'
import { preview as m } from '#messages/import'

const Rejected = ({ preview }: { readonly preview: Preview }) => {
  const look = useLook()
  const { rejected, rejectedCount } = preview
  return (
    <Section title={m.faults}>
      {rejectedCount > rejected.length && <p>{m.moreFaults(formatNumber(rejected.length, look), formatNumber(rejectedCount, look))}</p>}
      <Table
        isTall
        caption={m.faults}
        rows={rejected}
        rowKey={({ field, line, message }) => `${line} ${field} ${message}`}
        columns={[
          { key: 'line', header: m.line, align: 'end', cell: ({ line }) => line },
          { key: 'field', header: m.field, cell: ({ field }) => field },
          { key: 'reason', header: m.reason, grow: true, cell: ({ message }) => message },
        ]}
      />
    </Section>
  )
}

/** What a file would bring, how it was read, and the button that stores it. */
export const PreviewOfFile = ({
  accounts,
  busy,
  onRead,
  onSaveAs,
  onStore,
  preview,
  reading,
}: {
  readonly preview: Preview
  readonly reading: Reading
  readonly accounts: readonly ApiItem<'GET /v1/wealth/accounts'>[]
  readonly busy: boolean
  readonly onRead: (reading: Reading) => void
  readonly onSaveAs: (name: string) => void
  readonly onStore: () => void
}) => {
  const look = useLook()
  const isRefused = preview.rejectedCount > 0 && reading.rejected !== 'skip'
  const count = storedCount(preview, reading)
  const hasDoubtful = preview.accounts.some(({ doubtfulCount }) => doubtfulCount > 0)
  const isUndecided = preview.ambiguous.length > 0
  const hasRows = preview.accounts.some(({ rowCount }) => rowCount > 0)
  const hasPositions = preview.accounts.some(({ holdingCount }) => holdingCount > 0)
  const hasProblem = preview.accounts.some(({ problem }) => problem !== null)
  return (
    <Section title={m.title} lead={isRefused ? m.refusedLead : m.lead}>
      {preview.rejectedCount > 0 && (
        <CheckboxField
          id="import-skip"
          name="rejected"
          error={undefined}
          label={`${m.skipRejected} (${formatNumber(preview.rejectedCount, look)})`}
          checked={reading.rejected === 'skip'}
          onChange={skip => onRead({ ...reading, rejected: skip ? 'skip' : 'refuse' })}
        />
      )}
      {hasDoubtful && (
        <CheckboxField
          id="import-doubtful"
          name="doubtful"
          error={undefined}
          label={m.storeDoubtful}
          help={m.doubtfulHelp}
          checked={reading.doubtful === 'store'}
          onChange={store => onRead({ ...reading, doubtful: store ? 'store' : 'skip' })}
        />
      )}
      {preview.notes.length > 0 && (
        <details>
          <summary>{m.notes}</summary>
          <ul>
            {preview.notes.map(note => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
      {preview.accounts.map(account => (
        <PreviewOfAccount key={account.key} account={account} accounts={accounts} reading={reading} onRead={onRead} />
      ))}
      {preview.rejectedCount > 0 && <Rejected preview={preview} />}
      {isUndecided && <Notice kind="warn">{m.decideFirst}</Notice>}
      {hasPositions && !hasRows && <Notice kind="warn">{m.onlyPositions}</Notice>}
      {needsAccount(preview, reading) ? (
        <Notice kind="warn">{m.chooseFirst}</Notice>
      ) : (
        <p>
          {count === 0 ? (
            m.nothing
          ) : (
            <Button kind="primary" busy={busy} disabled={isRefused || isUndecided || hasProblem} onClick={onStore}>
              {m.store(count, formatNumber(count, look))}
            </Button>
          )}
        </p>
      )}
      <ProfileForm preview={preview} reading={reading} busy={busy} onRead={onRead} onSaveAs={onSaveAs} />
    </Section>
  )
}
