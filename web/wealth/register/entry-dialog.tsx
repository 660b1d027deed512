import { useRef } from 'react'
import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckboxField, DateField, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { parseMoney, parseNumber } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { directionOf, type EntryField, type EntryType, fieldsOf, movesNoMoney } from './entry-fields.ts'
import { ContributorField } from './contributor-field.tsx'
import { refreshLedger } from './transaction.ts'
import { categoryOf, useCategories } from './use-categories.ts'
import { entry as m, types } from '#messages/register'

type Account = Pick<ApiAnswer<'GET /v1/wealth/accounts/{accountId}/balance'>, 'accountId' | 'accountType' | 'currency'>
type Body = ApiRequest<'POST /v1/wealth/transactions'>['body']

const holdsSecurities: ReadonlySet<string> = new Set(['investment', 'retirement', 'other'])
const initial = {
  type: 'cash' as string,
  date: '',
  description: '',
  direction: 'out' as string,
  amount: '',
  category: 'other',
  notes: '',
  symbol: '',
  newSymbol: '',
  quantity: '',
  price: '',
  commission: '',
  regulatoryFees: '',
  otherFees: '',
  taxWithheld: '',
  isQualified: false as boolean,
  taxYear: '',
  contributionSource: '',
  contributorId: '',
  splitNumerator: '',
  splitDenominator: '',
  lotOrigin: '',
  acquiredDate: '',
  costBasis: '',
  value: '',
  basisShare: '',
}
type Values = typeof initial

const origins = [['', m.usualOrigin] as const, ...Object.entries(m.lotOrigins)]
const sources = [['', m.usualSource] as const, ...Object.entries(m.contributionSources)]

/** Why a field of shares that come in is asked. */
const helpOf = (name: EntryField, origin: string): string | undefined =>
  (m.originHelps as Readonly<Record<string, Partial<Record<EntryField, string>>>>)[origin]?.[name]

const wholeNumbers: ReadonlySet<EntryField> = new Set(['taxYear', 'splitNumerator', 'splitDenominator'])
const choices: ReadonlySet<EntryField> = new Set(['contributionSource', 'contributorId', 'lotOrigin', 'acquiredDate'])
const texts: ReadonlySet<EntryField> = new Set(['symbol', 'newSymbol'])

const sentOf = (name: EntryField, value: string | boolean, locale: string): string | number | boolean => {
  if (typeof value === 'boolean' || value.trim() === '' || choices.has(name)) return value
  if (texts.has(name)) return value.trim().toUpperCase()
  const figure = parseNumber(value, locale) ?? value
  return wholeNumbers.has(name) ? Number(figure) : figure
}

/** What was typed, as the API takes it. What cannot be read is sent as it is, so that the server names the field. */
const bodyOf = (values: Values, accountId: string, locale: string): Body => {
  const type = values.type as EntryType
  const details = fieldsOf[type].map(name => [name, sentOf(name, values[name], locale)] as const).filter(([, value]) => value !== '')
  const amount = parseMoney(values.amount, locale)
  const sign = (directionOf[type] ?? values.direction) === 'out' ? '-' : ''
  return {
    accountId,
    type,
    date: values.date,
    description: values.description,
    ...(amount !== undefined && !movesNoMoney.has(type) && { amount: Number(amount) === 0 ? '0.00' : `${sign}${amount.replace('-', '')}` }),
    ...(values.category !== 'other' && categoryOf(values.category)),
    ...(values.notes.trim() !== '' && { notes: values.notes.trim() }),
    ...(Object.fromEntries(details) as Partial<Body>),
  }
}

/** Adds a transaction by hand. */
export const EntryDialog = ({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) => {
  const look = useLook()
  const { options } = useCategories()
  const another = useRef(false)
  const form = useForm<Values>({
    initial,
    fieldOf: path => path.replace(/^body\./, '').replace('categoryId', 'category'),
    check: values => ({
      date: values.date === '' ? m.needsDate : undefined,
      description: values.description.trim() === '' ? m.needsDescription : undefined,
      amount: values.amount !== '' && parseMoney(values.amount, look.locale) === undefined ? m.needsAmount : undefined,
    }),
    submit: async (values, idempotencyKey) => {
      await api('POST /v1/wealth/transactions', { body: bodyOf(values, account.accountId, look.locale), idempotencyKey })
      showToast({ kind: 'good', text: m.done })
      if (another.current) form.set({ ...initial, type: values.type, date: values.date, direction: values.direction })
      else onClose()
      another.current = false
      await refreshLedger()
    },
  })
  const type = form.values.type as EntryType
  const field = (name: EntryField) => {
    if (name === 'isQualified') return <CheckboxField key={name} {...form.checkbox(name)} label={m.isQualified} />
    if (name === 'contributorId') return <ContributorField key={name} {...form.text(name)} />
    if (name === 'lotOrigin')
      return <SelectField key={name} {...form.text(name)} label={m[name]} help={m.lotOriginHelp} options={origins} />
    const help = helpOf(name, form.values.lotOrigin)
    if (name === 'acquiredDate') return <DateField key={name} {...form.text(name)} label={m[name]} help={help} />
    if (name === 'contributionSource')
      return <SelectField key={name} {...form.text(name)} label={m[name]} help={m.contributionSourceHelp} options={sources} />
    return <TextField key={name} {...form.text(name)} label={m[name]} help={help} inputMode={texts.has(name) ? 'text' : 'decimal'} />
  }
  return (
    <Dialog title={m.title} onClose={onClose}>
      <Form
        form={form}
        submit={m.submit}
        onCancel={onClose}
        others={
          <Button
            onClick={() => {
              another.current = true
              form.send()
            }}
          >
            {m.another}
          </Button>
        }
      >
        {holdsSecurities.has(account.accountType) && <SelectField {...form.text('type')} label={m.type} options={Object.entries(types)} />}
        <DateField {...form.text('date')} label={m.date} />
        <TextField {...form.text('description')} label={m.description} help={m.descriptionHelp} />
        {fieldsOf[type].map(name => field(name))}
        {!movesNoMoney.has(type) && (
          <>
            {directionOf[type] === undefined && (
              <Choice
                label={m.direction}
                value={form.values.direction}
                onChange={direction => form.set({ direction })}
                options={Object.entries(m.directions)}
              />
            )}
            <TextField
              {...form.text('amount')}
              label={m.amount}
              help={fieldsOf[type].includes('price') ? m.tradeHelp : m.amountHelp}
              inputMode="decimal"
              after={account.currency}
            />
          </>
        )}
        <SelectField {...form.text('category')} label={m.category} options={options} />
        <TextField {...form.text('notes')} label={m.notes} optional />
      </Form>
    </Dialog>
  )
}
