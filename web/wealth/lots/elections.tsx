import { useState } from 'react'
import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DateField, SelectField, TextField } from '../../components/field.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Form } from '../../components/form.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { formatDate } from '../../components/format.ts'
import { type Form as FormOf, useForm } from '../../components/use-form.ts'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import type { Household } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { changed, changedStored } from '../../shell/undo.ts'
import type { Account } from '../account-kinds.ts'
import { attempt } from '../attempt.ts'
import { todayIn } from '../today.ts'
import type { NameOf } from './lot-data.ts'
import styles from './lots.module.css'
import { refreshMethods } from './method-queries.ts'
import { elections as m, methods } from '#messages/lot-choices'
import { form as words } from '#messages/shell'

type Election = ApiItem<'GET /v1/wealth/lot-elections'>
type Body = ApiRequest<'POST /v1/wealth/lot-elections'>['body']
type Method = Election['method']

const read = (electionId: string): Promise<Election> => api('GET /v1/wealth/lot-elections/{electionId}', { params: { electionId } })

const create = async (body: Body, idempotencyKey?: string): Promise<Election> => {
  const stored = await api('POST /v1/wealth/lot-elections', { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })
  await refreshMethods()
  return stored
}

const patch = async (electionId: string, body: { method: Method; effectiveOn: string }, ifMatch: number): Promise<Election> => {
  const stored = await api('PATCH /v1/wealth/lot-elections/{electionId}', { params: { electionId }, body, ifMatch })
  await refreshMethods()
  return stored
}

const destroy = async (electionId: string, ifMatch: number): Promise<void> => {
  await api('DELETE /v1/wealth/lot-elections/{electionId}', { params: { electionId }, ifMatch })
  await refreshMethods()
}

const bodyOf = ({ accountId, effectiveOn, method, symbol }: Election): Body => ({
  accountId,
  method,
  effectiveOn,
  ...(symbol === null ? {} : { symbol }),
})

const standing = Object.keys(m.explain) as Method[]
const options = standing.map(method => [method, methods[method]] as const)
/** Types of accounts that hold securities. */
const types: ReadonlySet<string> = new Set(['investment', 'retirement', 'other'])

const MethodFields = <Values extends { readonly method: string; readonly effectiveOn: string }>({
  form,
}: {
  readonly form: FormOf<Values>
}) => (
  <>
    <SelectField {...form.text('method')} label={m.method} help={m.explain[form.values.method as Method]} options={options} />
    <DateField {...form.text('effectiveOn')} label={m.effectiveOn} />
  </>
)

/** Changes the method of an account or a security. */
const ChangeDialog = ({
  election,
  name,
  onClose,
}: {
  readonly election: Election
  readonly name: string
  readonly onClose: () => void
}) => {
  const look = useLook()
  const { id } = election
  const { conflict, form } = useVersionedForm({
    stored: election,
    valuesOf: ({ effectiveOn, method }: Election): { readonly method: string; readonly effectiveOn: string } => ({ method, effectiveOn }),
    labels: { method: m.method, effectiveOn: m.effectiveOn },
    wordsOf: (field, value) => (field === 'method' ? methods[value as Method] : formatDate(value, look)),
    reload: async () => {
      await refreshMethods()
      return read(id)
    },
    check: ({ effectiveOn }) => ({ effectiveOn: effectiveOn === '' ? words.notDate : undefined }),
    save: async ({ effectiveOn, method }, version) => {
      const stored = await patch(id, { method: method as Method, effectiveOn }, version)
      changedStored(
        m.changed(name),
        stored,
        () => read(id),
        at => patch(id, { method: election.method, effectiveOn: election.effectiveOn }, at),
      )
      onClose()
    },
  })
  return (
    <Dialog title={m.change(name)} onClose={onClose}>
      <Form form={form} submit={m.store} onCancel={onClose}>
        <MethodFields form={form} />
      </Form>
      {conflict}
    </Dialog>
  )
}

type NewMethod = { readonly accountId: string; readonly symbol: string; readonly method: Method; readonly effectiveOn: string }

/** Adds a method. */
const AddDialog = ({
  accounts,
  nameOf,
  onClose,
  today,
}: {
  readonly accounts: readonly Account[]
  readonly nameOf: NameOf
  readonly today: string
  readonly onClose: () => void
}) => {
  const choices = accounts.filter(({ type }) => types.has(type))
  const form = useForm<NewMethod>({
    initial: {
      accountId: choices[0]?.id ?? '',
      symbol: '',
      method: 'fifo',
      effectiveOn: today,
    },
    check: values => ({
      accountId: values.accountId === '' ? words.required : undefined,
      effectiveOn: values.effectiveOn === '' ? words.notDate : undefined,
    }),
    submit: async ({ accountId, effectiveOn, method, symbol }, idempotencyKey) => {
      const name = m.of(symbol.trim(), nameOf(accountId))
      const stored = await create(
        { accountId, method, effectiveOn, ...(symbol.trim() === '' ? {} : { symbol: symbol.trim() }) },
        idempotencyKey,
      )
      changedStored(
        m.added(name),
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
        <SelectField {...form.text('accountId')} label={m.account} options={choices.map(({ id, name }) => [id, name])} />
        <TextField {...form.text('symbol')} label={m.security} help={m.securityHelp} optional />
        <MethodFields form={form} />
      </Form>
    </Dialog>
  )
}

/** The standing methods of accounts and securities, and what each method does. */
export const Elections = ({
  accounts,
  canEdit,
  household,
  nameOf,
}: {
  readonly accounts: readonly Account[]
  readonly canEdit: boolean
  readonly household: Household
  readonly nameOf: NameOf
}) => {
  const [shown, setShown] = useState<Election | 'new'>()
  const list = useApiPages('GET /v1/wealth/lot-elections', { query: { householdId: household.id, limit: 200 } })
  const nameOfElection = ({ accountId, symbol }: Election) => m.of(symbol ?? '', nameOf(accountId))
  const remove = async (election: Election) => {
    await destroy(election.id, election.version)
    changed(m.removed(nameOfElection(election)), () => create(bodyOf(election)))
  }
  return (
    <Section
      title={m.title}
      lead={m.titleLead}
      actions={
        canEdit ? (
          <Button kind="primary" icon="plus" onClick={() => setShown('new')}>
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
              {
                key: 'account',
                header: m.account,
                cell: ({ accountId, symbol }) => (
                  <>
                    <bdi>{nameOf(accountId)}</bdi>
                    <div className={styles['quiet']}>
                      <bdi>{symbol ?? m.others}</bdi>
                    </div>
                  </>
                ),
              },
              { key: 'method', header: m.method, cell: ({ method }) => methods[method] },
              {
                key: 'from',
                header: m.from,
                cell: ({ effectiveOn }) => (
                  <span className={styles['once']}>
                    <CalendarDate date={effectiveOn} />
                  </span>
                ),
              },
              {
                key: 'actions',
                header: m.actions,
                align: 'end',
                hidesHeader: true,
                cell: each =>
                  canEdit && (
                    <>
                      <IconButton icon="edit" label={m.change(nameOfElection(each))} onClick={() => setShown(each)} />
                      <IconButton
                        icon="close"
                        label={m.remove(nameOfElection(each))}
                        onClick={() => void attempt(m.failed, () => remove(each))}
                      />
                    </>
                  ),
              },
            ]}
          />
        )}
      </List>
      <h3>{m.explained}</h3>
      <ul className={styles['list']}>
        {standing.map(method => (
          <li key={method}>
            <strong>{methods[method]}</strong>: {m.explain[method]}
          </li>
        ))}
      </ul>
      {shown === 'new' && (
        <AddDialog accounts={accounts} nameOf={nameOf} today={todayIn(household.timezone)} onClose={() => setShown(undefined)} />
      )}
      {shown && shown !== 'new' && <ChangeDialog election={shown} name={nameOfElection(shown)} onClose={() => setShown(undefined)} />}
    </Section>
  )
}
