import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Form } from '../../components/form.tsx'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { type Form as FormState, useForm } from '../../components/use-form.ts'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api, refreshQueries, useApi } from '../../shell/api.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import { changed, changedStored } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { className } from './class-names.ts'
import { refreshPortfolios } from './portfolio-data.ts'
import { useClassOptions } from './use-class-options.ts'
import { WeightRows } from './weight-rows.tsx'
import { rowsFault, rowsText, rowsWords, type Weight, weightsOf } from './weights.ts'
import { classDialog as m, weights } from '#messages/portfolios'

type Stored = ApiItem<'GET /v1/wealth/security-classes'>
type Values = Readonly<Record<'classes', string>>

const refresh = () => Promise.all([refreshQueries('GET /v1/wealth/security-classes'), refreshPortfolios()])

const read = (securityClassId: string): Promise<Stored> =>
  api('GET /v1/wealth/security-classes/{securityClassId}', { params: { securityClassId } })

const create = async (householdId: string, symbol: string, classes: Weight[], idempotencyKey?: string): Promise<Stored> => {
  const body = { householdId, symbol, classes }
  const stored = await api('POST /v1/wealth/security-classes', { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })
  await refresh()
  return stored
}

const patch = async (securityClassId: string, classes: Weight[], ifMatch: number): Promise<Stored> => {
  const stored = await api('PATCH /v1/wealth/security-classes/{securityClassId}', {
    params: { securityClassId },
    body: { classes },
    ifMatch,
  })
  await refresh()
  return stored
}

const destroy = async (securityClassId: string, ifMatch: number): Promise<void> => {
  await api('DELETE /v1/wealth/security-classes/{securityClassId}', { params: { securityClassId }, ifMatch })
  await refresh()
}

const check = ({ classes }: Values, look: Look) => ({
  classes: rowsFault(classes, look, className) ?? (weightsOf(classes, look).length === 0 ? weights.noKey : undefined),
})

/** Errors of rows are shown under the rows. */
const fieldOf = (path: string): string => /^body\.(\w+)/.exec(path)?.[1] ?? path

const Rows = ({ form }: { readonly form: FormState<Values> }) => (
  <WeightRows {...form.text('classes')} legend={m.classes} keyLabel={weights.key} offered={useClassOptions()} nameOf={className} />
)

interface Props {
  readonly householdId: string
  readonly symbol: string
  readonly onClose: () => void
}

const NewClasses = ({ classes, householdId, onClose, symbol }: Props & { readonly classes: readonly Weight[] }) => {
  const look = useLook()
  const form = useForm<Values>({
    initial: {
      classes: rowsText(
        classes.filter(({ key }) => key !== 'unclassified'),
        look,
      ),
    },
    check: values => check(values, look),
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const stored = await create(householdId, symbol, weightsOf(values.classes, look), idempotencyKey)
      changedStored(
        m.stored(symbol),
        stored,
        () => read(stored.id),
        at => destroy(stored.id, at),
      )
      onClose()
    },
  })
  return (
    <Form form={form} submit={m.store} onCancel={onClose}>
      <Rows form={form} />
    </Form>
  )
}

const ChangeClasses = ({ householdId, onClose, stored, symbol }: Props & { readonly stored: Stored }) => {
  const look = useLook()
  const { conflict, form } = useVersionedForm<Values, Stored>({
    stored,
    valuesOf: each => ({ classes: rowsText(each.classes, look) }),
    labels: { classes: m.classes },
    wordsOf: (_, value) => rowsWords(value, className),
    check: values => check(values, look),
    fieldOf,
    reload: async () => {
      await refresh()
      return read(stored.id)
    },
    save: async (values, version) => {
      const now = await patch(stored.id, weightsOf(values.classes, look), version)
      changedStored(
        m.stored(symbol),
        now,
        () => read(stored.id),
        at => patch(stored.id, stored.classes, at),
      )
      onClose()
    },
  })
  const remove = () =>
    attempt(m.failed, async () => {
      await destroy(stored.id, stored.version)
      changed(m.removed(symbol), () => create(householdId, symbol, stored.classes))
      onClose()
    })
  return (
    <>
      <Form
        form={form}
        submit={m.store}
        onCancel={onClose}
        others={
          <Button kind="danger" onClick={() => void remove()}>
            {m.remove}
          </Button>
        }
      >
        <Rows form={form} />
      </Form>
      {conflict}
    </>
  )
}

/** Says what the asset classes of a security are in this household: adds, changes or removes it. */
export const ClassDialog = ({
  classes,
  ...props
}: Props & {
  /** The classes that the security has now. */
  readonly classes: readonly Weight[]
}) => {
  const { householdId, onClose, symbol } = props
  const { data, error, refetch } = useApi(
    'GET /v1/wealth/security-classes',
    { query: { householdId, search: symbol, limit: 200 } },
    // Never an earlier answer: its version may be of before an undo, and Remove would be refused.
    { gcTime: 0 },
  )
  const stored = data?.items.find(each => each.symbol === symbol)
  return (
    <Dialog title={m.title(symbol)} onClose={onClose}>
      <p>{m.lead}</p>
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && (stored ? <ChangeClasses {...props} stored={stored} /> : <NewClasses {...props} classes={classes} />)}
    </Dialog>
  )
}
