import { useState } from 'react'
import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Facts } from '../../components/facts.tsx'
import { DateField, SelectField } from '../../components/field.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Form } from '../../components/form.tsx'
import { formatDate } from '../../components/format.ts'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import type { Household } from '../../shell/household.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { changedStored } from '../../shell/undo.ts'
import { refreshLedger } from '../register/transaction.ts'
import { todayIn } from '../today.ts'
import type { Closing } from './lot-data.ts'
import { LotPicker } from './lot-picker.tsx'
import { type OpenLot, pickFault, picksIn, valueOf } from './lot-picks.ts'
import { choice as m, methods } from '#messages/lot-choices'
import { form as words } from '#messages/shell'

const path = '/v1/wealth/transactions/{transactionId}/lot-choice'
type Choice = ApiAnswer<`GET ${typeof path}`>
type Body = ApiRequest<`PUT ${typeof path}`>['body']
type Method = Choice['usedMethod']

const put = async (transactionId: string, body: Body, ifMatch: number): Promise<Choice> => {
  const answer = await api(`PUT ${path}`, { params: { transactionId }, body, ifMatch })
  await refreshLedger()
  return answer
}

/** The request that makes a choice again what it was. */
const bodyOf = ({ identifiedOn, lots, method }: Choice): Body => ({
  method,
  lots: [...lots],
  ...(identifiedOn === null ? {} : { identifiedOn }),
})

const options = [['', m.none], ...Object.entries(methods)] as const

const ChoiceForm = ({
  choice,
  isSettled,
  lots,
  onClose,
  sold,
  symbol,
}: {
  readonly choice: Choice
  readonly isSettled: boolean
  /** Lots that the sale can close. */
  readonly lots: readonly OpenLot[]
  /** Lots that it closes now. */
  readonly sold: readonly OpenLot[]
  readonly symbol: string
  readonly onClose: () => void
}) => {
  const look = useLook()
  const { transactionId } = choice
  const form = useForm({
    initial: {
      method: choice.method ?? '',
      lots: valueOf(choice.lots.length > 0 ? choice.lots : sold, look),
      identifiedOn: choice.identifiedOn ?? '',
    },
    check: values => ({
      lots: values.method === 'specific' ? pickFault(values.lots, look) : undefined,
      identifiedOn: isSettled && values.method !== '' && values.identifiedOn === '' ? words.notDate : undefined,
    }),
    fieldOf: each => each.replace(/^body\./, '').replace(/\..*$/, ''),
    submit: async values => {
      const method = values.method === '' ? null : (values.method as Method)
      const stored = await put(
        transactionId,
        {
          method,
          lots: method === 'specific' ? [...picksIn(values.lots, look)] : [],
          ...(isSettled && method !== null ? { identifiedOn: values.identifiedOn } : {}),
        },
        choice.version,
      )
      onClose()
      changedStored(
        m.stored(symbol),
        stored,
        () => api(`GET ${path}`, { params: { transactionId } }),
        at => put(transactionId, bodyOf(choice), at),
      )
    },
  })
  const { method } = form.values
  const date = formatDate(choice.settlesOn, look)
  return (
    <Form form={form} submit={m.store} onCancel={onClose}>
      <p>{isSettled ? m.settled(date) : m.unsettled(date)}</p>
      <SelectField {...form.text('method')} label={m.method} options={options} />
      {method === 'specific' && <LotPicker {...form.text('lots')} lots={lots} />}
      {isSettled && method !== '' && <DateField {...form.text('identifiedOn')} label={m.brokerHadIt} />}
    </Form>
  )
}

interface OfSale {
  readonly closing: Closing
  readonly household: Pick<Household, 'id' | 'timezone'>
  readonly canEdit: boolean
}

const Content = ({
  canEdit,
  closing: { accountId, closedOn, symbol, transactionId },
  household,
  onClose,
}: OfSale & { readonly onClose: () => void }) => {
  const householdId = household.id
  const { data: choice, error, refetch } = useApi(`GET ${path}`, { params: { transactionId } })
  const open = useApiPages('GET /v1/wealth/tax-lots', { query: { householdId, accountId, symbol, limit: 1000 } })
  const closings = useApiPages('GET /v1/wealth/lot-closings', { query: { householdId, transactionId, limit: 1000 } })
  const lookIsKnown = useLookIsKnown()
  const failed = error ?? open.error ?? closings.error
  if (failed) return <Failure error={failed} retry={() => Promise.all([refetch(), open.retry(), closings.retry()])} />
  if (!choice || !open.items || !closings.items || !lookIsKnown) return <Loading />
  const sold = closings.items.flatMap(({ acquiredOn, openingId, ...lot }) =>
    acquiredOn === null || openingId === null ? [] : [{ ...lot, acquiredOn, openingId }],
  )
  const held = open.items.filter(({ acquiredOn, isShort }) => !isShort && acquiredOn <= closedOn)
  return (
    <>
      <Facts
        facts={[
          [m.holds, methods[choice.usedMethod]],
          [m.from, choice.method === null ? m.standing : m.forSale],
          [m.until, <CalendarDate key="until" date={choice.settlesOn} />],
          [m.identifiedOn, choice.identifiedOn !== null && <CalendarDate date={choice.identifiedOn} />],
        ]}
      />
      {canEdit && (
        <ChoiceForm
          choice={choice}
          isSettled={todayIn(household.timezone) > choice.settlesOn}
          lots={[...sold, ...held]}
          sold={sold}
          symbol={symbol}
          onClose={onClose}
        />
      )}
    </>
  )
}

/** A button that opens how the lots of a sale are chosen. Who may only read sees it, and cannot change it. */
export const ChooseLots = ({ canEdit, closing, household }: OfSale) => {
  const look = useLook()
  const [isOpen, setIsOpen] = useState(false)
  const title = m.title(closing.symbol, formatDate(closing.closedOn, look))
  const close = () => setIsOpen(false)
  return (
    <>
      <Button aria-label={`${canEdit ? m.open : m.read}: ${title}`} onClick={() => setIsOpen(true)}>
        {canEdit ? m.open : m.read}
      </Button>
      {isOpen && (
        <Dialog title={title} onClose={close}>
          <Content canEdit={canEdit} closing={closing} household={household} onClose={close} />
        </Dialog>
      )}
    </>
  )
}
