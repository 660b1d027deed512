import { useState } from 'react'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextAreaField, TextField } from '../../components/field.tsx'
import { Count, Moment } from '../../components/figures.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import { Form } from '../../components/form.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { showToast } from '../../shell/toasts.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import styles from './operator.module.css'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { StatusBadge } from './status-badge.tsx'
import { events as m, frame, titles } from '#messages/operator'
import { problem } from '#messages/shell'

type Event = ApiItem<'GET /v1/operations/system-events'>

const acknowledge = async (event: Event): Promise<void> => {
  try {
    await api('POST /v1/operations/system-events/{systemEventId}/acknowledge', { params: { systemEventId: event.id } })
    await refreshQueries('GET /v1/operations/system-events')
    showToast({ kind: 'good', text: m.acknowledged })
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void acknowledge(event) })
  }
}

const ResolveDialog = ({ event, onClose }: { readonly event: Event; readonly onClose: () => void }) => {
  const form = useForm({
    initial: { notes: '' },
    draft: `resolve ${event.id}`,
    submit: async ({ notes }) => {
      await api('POST /v1/operations/system-events/{systemEventId}/resolve', { params: { systemEventId: event.id }, body: { notes } })
      await refreshQueries('GET /v1/operations/system-events')
      showToast({ kind: 'good', text: m.resolved })
      onClose()
    },
  })
  return (
    <Dialog title={m.resolveTitle} onClose={onClose}>
      <p>{event.message}</p>
      <Form form={form} submit={m.resolve} onCancel={onClose}>
        <TextAreaField {...form.text('notes')} label={m.notes} />
      </Form>
    </Dialog>
  )
}

const EventTable = ({ events, onResolve }: { readonly events: readonly Event[]; readonly onResolve: (event: Event) => void }) => (
  <Table
    caption={m.caption}
    rows={events}
    rowKey={({ id }) => id}
    columns={[
      { key: 'when', header: m.when, cell: ({ lastSeenAt }) => <Moment instant={lastSeenAt} /> },
      {
        key: 'what',
        header: m.what,
        cell: ({ component, message, resolutionNotes }) => (
          <>
            {message}
            {component !== null && (
              <p>
                <code>{component}</code>
              </p>
            )}
            {resolutionNotes !== null && <p>{resolutionNotes}</p>}
          </>
        ),
      },
      { key: 'times', header: m.times, align: 'end', wide: true, cell: ({ occurrences }) => <Count value={occurrences} /> },
      { key: 'severity', header: m.severity, cell: ({ severity }) => <StatusBadge status={severity} words={m.severities} /> },
      {
        key: 'status',
        header: m.status,
        cell: event => (
          <div className={styles['actions']}>
            <StatusBadge status={event.status} words={m.statuses} />
            {event.status === 'open' && <Button onClick={() => void acknowledge(event)}>{m.acknowledge}</Button>}
            {event.status !== 'resolved' && <Button onClick={() => onResolve(event)}>{m.resolve}</Button>}
          </div>
        ),
      },
    ]}
  />
)

const Events = () => {
  const { read, write } = useAddress()
  const [resolving, setResolving] = useState<Event>()
  const search = useDelayed(read('search'))
  const [severity, status] = [read('severity'), read('status')]
  const list = useApiPages('GET /v1/operations/system-events', {
    query: {
      limit: 50,
      sort: '-timestamp',
      ...(search === '' ? {} : { search }),
      ...(severity in m.severities ? { severity: severity as Event['severity'] } : {}),
      ...(status in m.statuses ? { status: status as Event['status'] } : {}),
    },
  })
  const field = (name: string) => filterField(name, read(name), value => write({ [name]: value }))
  return (
    <>
      <Filters>
        <TextField {...field('search')} type="search" label={m.search} />
        <SelectField {...field('severity')} label={m.severity} options={[['', frame.all], ...Object.entries(m.severities)]} />
        <SelectField {...field('status')} label={m.status} options={[['', frame.all], ...Object.entries(m.statuses)]} />
      </Filters>
      <List list={list} empty={<EmptyState title={m.empty}>{m.emptyLead}</EmptyState>}>
        {items => <EventTable events={items} onResolve={setResolving} />}
      </List>
      {resolving && <ResolveDialog event={resolving} onClose={() => setResolving(undefined)} />}
    </>
  )
}

const EventsPage = () => (
  <AdministratorPage title={titles.events} lead={m.lead}>
    <Events />
  </AdministratorPage>
)

export default EventsPage
