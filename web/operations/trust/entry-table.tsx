import { Moment } from '../../components/figures.tsx'
import { Table } from '../../components/table.tsx'
import { ChangeDetails, type Entry, nameOf } from './change-details.tsx'
import { activity as m } from '#messages/trust'

/** Entries of the audit trail in words. `whoOf` names the person of an entry. */
export const EntryTable = ({ entries, whoOf }: { readonly entries: readonly Entry[]; readonly whoOf: (entry: Entry) => string }) => (
  <Table
    caption={m.caption}
    rows={entries}
    rowKey={({ id }) => id}
    columns={[
      { key: 'when', header: m.when, cell: ({ timestamp }) => <Moment instant={timestamp} /> },
      {
        key: 'what',
        header: m.what,
        cell: entry => (
          <>
            {m.sentence(whoOf(entry), entry.action, entry.resourceType, nameOf(entry))}
            <ChangeDetails entry={entry} />
          </>
        ),
      },
      { key: 'where', header: m.where, wide: true, cell: ({ ipAddress }) => ipAddress },
    ]}
  />
)
