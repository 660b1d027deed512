import { useState } from 'react'
import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Facts } from '../../components/facts.tsx'
import { DateField, SelectField } from '../../components/field.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Form } from '../../components/form.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api, useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import type { Household } from '../../shell/household.ts'
import { type Look, useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { changedStored } from '../../shell/undo.ts'
import { refreshLedger } from '../register/transaction.ts'
import { todayIn } from '../today.ts'
import type { Closing } from './lot-data.ts'
import { LotPicker } from './lot-picker.tsx'
import { type OpenLot, pickFault, picksIn, valueOf } from './lot-picks.ts'
import { choice as m, methods, picking } from '#messages/lot-choices'
import { form as formWords } from '#messages/shell'

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
const isMethod = (value: string): value is Method => value in methods

type Values = { readonly method: string; readonly lots: string; readonly identifiedOn: string }

/** What is chosen of each lot, for the comparison of two versions. */
const lotWords = (value: string, lots: readonly OpenLot[], look: Look): string =>
  picksIn(value, look)
    .map(({ openingId, quantity }) => {
      const lot = lots.find(each => each.openingId === openingId)
      return m.lotOf(formatNumber(quantity, look, 10), lot === undefined ? '' : formatDate(lot.acquiredOn, look))
    })
    .join(', ')

const ChoiceForm = ({
  choice,
  isSettled,
  isTransfer,
  lots,
  onClose,
  sold,
  symbol,
}: {
  readonly choice: Choice
  readonly isSettled: boolean
  readonly isTransfer: boolean
  /** Lots that the sale can close. */
  readonly lots: readonly OpenLot[]
  /** Lots that it closes now. */
  readonly sold: readonly OpenLot[]
  readonly symbol: string
  readonly onClose: () => void
}) => {
  const look = useLook()
  const { transactionId } = choice
  const words = m.of[isTransfer ? 'transfer' : 'sale']
  const read = () => api(`GET ${path}`, { params: { transactionId } })
  const { conflict, form } = useVersionedForm<Values, Choice>({
    stored: choice,
    valuesOf: each => ({
      method: each.method ?? '',
      lots: valueOf(each.lots.length > 0 ? each.lots : sold, look),
      identifiedOn: each.identifiedOn ?? '',
    }),
    labels: { method: m.method, lots: picking.lots, identifiedOn: m.brokerHadIt },
    wordsOf: (name, value) => {
      if (name === 'method') return isMethod(value) ? methods[value] : m.none
      if (name === 'identifiedOn') return value === '' ? '' : formatDate(value, look)
      return lotWords(value, lots, look)
    },
    reload: async () => {
      await refreshLedger()
      return read()
    },
    check: values => ({
      lots: values.method === 'specific' && !isTransfer ? pickFault(values.lots, look) : undefined,
      identifiedOn: isSettled && values.method !== '' && values.identifiedOn === '' ? formWords.notDate : undefined,
    }),
    fieldOf: each => each.replace(/^body\./, '').replace(/\..*$/, ''),
    save: async (values, version) => {
      const method = isMethod(values.method) ? values.method : null
      const stored = await put(
        transactionId,
        {
          method,
          lots: method === 'specific' ? [...(isTransfer ? choice.lots : picksIn(values.lots, look))] : [],
          ...(isSettled && method !== null ? { identifiedOn: values.identifiedOn } : {}),
        },
        version,
      )
      onClose()
      changedStored(words.stored(symbol), stored, read, at => put(transactionId, bodyOf(choice), at))
    },
  })
  const { method } = form.values
  const date = formatDate(choice.settlesOn, look)
  // The lots that have left with a transfer are in no list from which they could be picked.
  const offered = isTransfer && choice.method !== 'specific' ? options.filter(([value]) => value !== 'specific') : options
  return (
    <>
      <Form form={form} submit={m.store} onCancel={onClose}>
        <p>{isSettled ? words.settled(date) : words.unsettled(date)}</p>
        <SelectField {...form.text('method')} label={m.method} options={offered} />
        {method === 'specific' && !isTransfer && <LotPicker {...form.text('lots')} lots={lots} />}
        {isSettled && method !== '' && <DateField {...form.text('identifiedOn')} label={m.brokerHadIt} />}
      </Form>
      {conflict}
    </>
  )
}

interface OfSale {
  /** The sale, or the transfer of shares out of the account. */
  readonly closing: Pick<Closing, 'accountId' | 'closedOn' | 'symbol' | 'transactionId'>
  readonly isTransfer?: boolean
  readonly household: Pick<Household, 'id' | 'timezone'>
  readonly canEdit: boolean
}

const Content = ({
  canEdit,
  closing: { accountId, closedOn, symbol, transactionId },
  household,
  isTransfer = false,
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
          [m.from, choice.method === null ? m.standing : m.of[isTransfer ? 'transfer' : 'sale'].chosen],
          [m.until, <CalendarDate key="until" date={choice.settlesOn} />],
          [m.identifiedOn, choice.identifiedOn !== null && <CalendarDate date={choice.identifiedOn} />],
        ]}
      />
      {canEdit && (
        <ChoiceForm
          choice={choice}
          isTransfer={isTransfer}
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

const useTitle = ({ closing: { closedOn, symbol }, isTransfer = false }: Pick<OfSale, 'closing' | 'isTransfer'>): string =>
  m.of[isTransfer ? 'transfer' : 'sale'].title(symbol, formatDate(closedOn, useLook()))

/** How the lots of a sale or a transfer are chosen. Who may only read sees it, and cannot change it. */
export const LotChoiceDialog = (props: OfSale & { readonly onClose: () => void }) => (
  <Dialog title={useTitle(props)} onClose={props.onClose}>
    <Content {...props} />
  </Dialog>
)

/** A button that opens how the lots of a sale are chosen. */
export const ChooseLots = (props: OfSale) => {
  const { canEdit } = props
  const [isOpen, setIsOpen] = useState(false)
  const title = useTitle(props)
  return (
    <>
      <Button aria-label={`${canEdit ? m.open : m.read}: ${title}`} onClick={() => setIsOpen(true)}>
        {canEdit ? m.open : m.read}
      </Button>
      {isOpen && <LotChoiceDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  )
}
