import { useState } from 'react'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextAreaField, TextField } from '../../components/field.tsx'
import { Moment } from '../../components/figures.tsx'
import { Form } from '../../components/form.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { showToast } from '../../shell/toasts.ts'
import { retention as m } from '#messages/operator'

type Hold = ApiItem<'GET /v1/operations/legal-holds'>

const PlaceDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const form = useForm({
    initial: { userId: '', householdId: '', reason: '' },
    draft: 'legal-hold',
    submit: async ({ householdId, reason, userId }, idempotencyKey) => {
      const person = userId.trim() === '' ? {} : { userId: userId.trim() }
      const household = householdId.trim() === '' ? {} : { householdId: householdId.trim() }
      await api('POST /v1/operations/legal-holds', { body: { ...person, ...household, reason }, idempotencyKey })
      await refreshQueries('GET /v1/operations/legal-holds')
      showToast({ kind: 'good', text: m.placed })
      onClose()
    },
  })
  return (
    <Dialog title={m.place} onClose={onClose}>
      <Form form={form} submit={m.place} onCancel={onClose}>
        <TextField {...form.text('userId')} label={m.user} help={m.oneOf} optional />
        <TextField {...form.text('householdId')} label={m.household} optional />
        <TextAreaField {...form.text('reason')} label={m.reason} />
      </Form>
    </Dialog>
  )
}

const ReleaseDialog = ({ hold, onClose }: { readonly hold: Hold; readonly onClose: () => void }) => {
  const form = useForm({
    initial: {},
    submit: async () => {
      await api('POST /v1/operations/legal-holds/{holdId}/release', { params: { holdId: hold.id } })
      await refreshQueries('GET /v1/operations/legal-holds')
      showToast({ kind: 'good', text: m.released })
      onClose()
    },
  })
  return (
    <Dialog title={m.releaseTitle} onClose={onClose}>
      <Form form={form} submit={m.release} onCancel={onClose}>
        <p>{hold.reason}</p>
        <p>{m.releaseText}</p>
      </Form>
    </Dialog>
  )
}

/** The holds in force. */
export const LegalHolds = () => {
  const [places, setPlaces] = useState(false)
  const [releasing, setReleasing] = useState<Hold>()
  const list = useApiPages('GET /v1/operations/legal-holds', {
    query: { limit: 50, sort: '-placedAt', inForce: true },
  })
  return (
    <Section title={m.holds} lead={m.holdsLead} actions={<Button onClick={() => setPlaces(true)}>{m.place}</Button>}>
      <List list={list} empty={<p>{m.noHolds}</p>}>
        {items => (
          <Table
            caption={m.holds}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'of', header: m.of, cell: ({ householdId, userId }) => <code>{userId ?? householdId}</code> },
              { key: 'reason', header: m.reason, cell: ({ reason }) => reason },
              { key: 'since', header: m.since, wide: true, cell: ({ placedAt }) => <Moment instant={placedAt} /> },
              { key: 'release', header: m.release, cell: hold => <Button onClick={() => setReleasing(hold)}>{m.release}</Button> },
            ]}
          />
        )}
      </List>
      {places && <PlaceDialog onClose={() => setPlaces(false)} />}
      {releasing && <ReleaseDialog hold={releasing} onClose={() => setReleasing(undefined)} />}
    </Section>
  )
}
