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
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import type { Household } from '../../shell/household.ts'
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

/** Adds a method, or changes one. */
const ElectionDialog = ({
  accounts,
  election,
  nameOf,
  onClose,
  today,
}: {
  readonly accounts: readonly Account[]
  readonly election: Election | undefined
  readonly nameOf: NameOf
  readonly today: string
  readonly onClose: () => void
}) => {
  const choices = accounts.filter(({ type }) => types.has(type))
  const form = useForm({
    initial: {
      accountId: election?.accountId ?? choices[0]?.id ?? '',
      symbol: election?.symbol ?? '',
      method: election?.method ?? 'fifo',
      effectiveOn: election?.effectiveOn ?? today,
    },
    check: values => ({
      accountId: values.accountId === '' ? words.required : undefined,
      effectiveOn: values.effectiveOn === '' ? words.notDate : undefined,
    }),
    submit: async ({ accountId, effectiveOn, method, symbol }, idempotencyKey) => {
      const name = m.of(symbol.trim(), nameOf(accountId))
      if (election) {
        const stored = await patch(election.id, { method, effectiveOn }, election.version)
        changedStored(
          m.changed(name),
          stored,
          () => read(election.id),
          at => patch(election.id, { method: election.method, effectiveOn: election.effectiveOn }, at),
        )
      } else {
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
      }
      onClose()
    },
  })
  return (
    <Dialog title={election ? m.change(m.of(election.symbol ?? '', nameOf(election.accountId))) : m.add} onClose={onClose}>
      <Form form={form} submit={m.store} onCancel={onClose}>
        {!election && (
          <>
            <SelectField {...form.text('accountId')} label={m.account} options={choices.map(({ id, name }) => [id, name])} />
            <TextField {...form.text('symbol')} label={m.security} help={m.securityHelp} optional />
          </>
        )}
        <SelectField {...form.text('method')} label={m.method} help={m.explain[form.values.method]} options={options} />
        <DateField {...form.text('effectiveOn')} label={m.effectiveOn} />
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
      {shown && (
        <ElectionDialog
          accounts={accounts}
          election={shown === 'new' ? undefined : shown}
          nameOf={nameOf}
          today={todayIn(household.timezone)}
          onClose={() => setShown(undefined)}
        />
      )}
    </Section>
  )
}
