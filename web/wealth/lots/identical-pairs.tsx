import { useState } from 'react'
import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useForm } from '../../components/use-form.ts'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { changed, changedStored } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { refreshMethods } from './method-queries.ts'
import { elections, identical as m } from '#messages/lot-choices'
import { form as words } from '#messages/shell'

type Pair = ApiItem<'GET /v1/wealth/identical-securities'>

type Body = ApiRequest<'POST /v1/wealth/identical-securities'>['body']

const create = async (body: Body, idempotencyKey?: string): Promise<Pair> => {
  const stored = await api('POST /v1/wealth/identical-securities', { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })
  await refreshMethods()
  return stored
}

const destroy = async (pairId: string, ifMatch: number): Promise<void> => {
  await api('DELETE /v1/wealth/identical-securities/{pairId}', { params: { pairId }, ifMatch })
  await refreshMethods()
}

const read = (pairId: string): Promise<Pair> => api('GET /v1/wealth/identical-securities/{pairId}', { params: { pairId } })

const patch = async (pairId: string, reason: string | null, ifMatch: number): Promise<Pair> => {
  const stored = await api('PATCH /v1/wealth/identical-securities/{pairId}', { params: { pairId }, body: { reason }, ifMatch })
  await refreshMethods()
  return stored
}

const reasonOf = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const nameOf = ({ otherSymbol, symbol }: Pick<Pair, 'symbol' | 'otherSymbol'>): string => m.names(symbol, otherSymbol)

const remove = async (pair: Pair): Promise<void> => {
  const { householdId, id, otherSymbol, reason, symbol, version } = pair
  await destroy(id, version)
  changed(m.removed(nameOf(pair)), () => create({ householdId, symbol, otherSymbol, reason }))
}

const PairDialog = ({ householdId, onClose }: { readonly householdId: string; readonly onClose: () => void }) => {
  const form = useForm({
    initial: { symbol: '', otherSymbol: '', reason: '' },
    check: ({ otherSymbol, symbol }) => ({
      symbol: symbol.trim() === '' ? words.required : undefined,
      otherSymbol: otherSymbol.trim() === '' ? words.required : undefined,
    }),
    submit: async ({ otherSymbol, reason, symbol }, idempotencyKey) => {
      const stored = await create(
        {
          householdId,
          symbol: symbol.trim(),
          otherSymbol: otherSymbol.trim(),
          reason: reasonOf(reason),
        },
        idempotencyKey,
      )
      changedStored(
        m.added(nameOf(stored)),
        stored,
        () => read(stored.id),
        at => destroy(stored.id, at),
      )
      onClose()
    },
  })
  return (
    <Dialog title={m.add} onClose={onClose}>
      <Form form={form} submit={m.store} onCancel={onClose}>
        <TextField {...form.text('symbol')} label={m.one} />
        <TextField {...form.text('otherSymbol')} label={m.other} />
        <TextField {...form.text('reason')} label={m.why} optional />
      </Form>
    </Dialog>
  )
}

/** Changes why two securities count as the same. Another pair is another entry. */
const ReasonDialog = ({ onClose, pair }: { readonly pair: Pair; readonly onClose: () => void }) => {
  const { conflict, form } = useVersionedForm({
    stored: pair,
    valuesOf: ({ reason }) => ({ reason: reason ?? '' }),
    labels: { reason: m.why },
    reload: async () => {
      await refreshMethods()
      return read(pair.id)
    },
    save: async ({ reason }, version) => {
      const stored = await patch(pair.id, reasonOf(reason), version)
      changedStored(
        m.changed(nameOf(pair)),
        stored,
        () => read(pair.id),
        at => patch(pair.id, pair.reason, at),
      )
      onClose()
    },
  })
  return (
    <Dialog title={m.change(nameOf(pair))} onClose={onClose}>
      <Form form={form} submit={m.storeReason} onCancel={onClose}>
        <TextField {...form.text('reason')} label={m.why} optional />
      </Form>
      {conflict}
    </Dialog>
  )
}

/** Securities that the household takes for substantially identical. */
export const IdenticalPairs = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const [shown, setShown] = useState<Pair | 'new'>()
  const list = useApiPages('GET /v1/wealth/identical-securities', { query: { householdId, limit: 200 } })
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={
        canEdit ? (
          <Button icon="plus" onClick={() => setShown('new')}>
            {m.add}
          </Button>
        ) : undefined
      }
    >
      <List list={list} empty={<p>{m.empty}</p>}>
        {items => (
          <Table
            caption={m.caption}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'pair', header: m.pair, cell: pair => <bdi>{nameOf(pair)}</bdi> },
              { key: 'reason', header: m.reason, cell: ({ reason }) => reason },
              {
                key: 'actions',
                header: elections.actions,
                align: 'end',
                hidesHeader: true,
                cell: pair =>
                  canEdit && (
                    <>
                      <IconButton icon="edit" label={m.change(nameOf(pair))} onClick={() => setShown(pair)} />
                      <IconButton
                        icon="close"
                        label={m.remove(nameOf(pair))}
                        onClick={() => void attempt(elections.failed, () => remove(pair))}
                      />
                    </>
                  ),
              },
            ]}
          />
        )}
      </List>
      {shown === 'new' && <PairDialog householdId={householdId} onClose={() => setShown(undefined)} />}
      {shown && shown !== 'new' && <ReasonDialog pair={shown} onClose={() => setShown(undefined)} />}
    </Section>
  )
}
