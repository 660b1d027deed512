import { useState } from 'react'
import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { CheckboxField, DateField, MoneyField, TextField } from '../../components/field.tsx'
import { Fields } from '../../components/field-group.tsx'
import { Form } from '../../components/form.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { List } from '../../components/list.tsx'
import { Card, Loading, Notice, Page, Section } from '../../components/page.tsx'
import { parseNumber } from '../../components/parse-figure.ts'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { useAddress } from '../../shell/use-address.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { amountFault, amountIn } from '../money-text.ts'
import { positionPath, useAccountNames } from './lot-data.ts'
import { dollarWords, shareWords } from './lot-figures.tsx'
import { LotPicker } from './lot-picker.tsx'
import { pickFault, picksIn, sumOfShares, valueOf } from './lot-picks.ts'
import { TaxBasis } from './tax-basis.tsx'
import { type Preview, WaysTable } from './ways-table.tsx'
import { picking, sell as m, titles } from '#messages/lot-choices'
import { form as words } from '#messages/shell'

interface Of {
  readonly householdId: string
  readonly accountId: string
  readonly symbol: string
}

/** The lots in the address: `<transaction>:<shares>`, with commas between them. */
const lotsIn = (text: string) =>
  text
    .split(',')
    .map(part => part.split(':'))
    .flatMap(([openingId = '', quantity = '']) => (/^\d+(\.\d+)?$/.test(quantity) ? [{ openingId, quantity }] : []))

const Comparison = ({ preview }: { readonly preview: Preview }) => {
  const look = useLook()
  const { accountId, choices, date, price, quantity, tax } = preview
  // In an account in which gains are not taxed, the tax is known without the facts of the year.
  const needsFacts = choices.some(each => each.tax === null)
  return (
    <Section title={m.result(shareWords(quantity, look), dollarWords(price, look), formatDate(date, look))}>
      {(needsFacts || tax.missing.length === 0) && <TaxBasis tax={tax} />}
      <WaysTable preview={preview} />
      <Notice>
        {m.use} <ButtonLink href={`/accounts/${accountId}/register`}>{m.toRegister}</ButtonLink>
      </Notice>
    </Section>
  )
}

const Sale = ({ accountId, householdId, symbol }: Of) => {
  const look = useLook()
  const { read } = useAddress()
  const [preview, setPreview] = useState<Preview>()
  const open = useApiPages('GET /v1/wealth/tax-lots', { query: { householdId, accountId, symbol, limit: 1000 } })
  const given = lotsIn(read('lots'))
  const form = useForm({
    initial: {
      quantity: given.length === 0 ? '' : formatNumber(sumOfShares(given.map(({ quantity }) => quantity)), look, 10),
      price: '',
      date: '',
      own: given.length > 0,
      lots: valueOf(given, look),
    },
    check: ({ lots, own, price, quantity }) => ({
      quantity: parseNumber(quantity, look.locale) === undefined ? words.notNumber : undefined,
      price: amountFault(price, look),
      lots: own ? pickFault(lots, look) : undefined,
    }),
    fieldOf: path => path.replace(/^body\./, '').replace(/\..*$/, ''),
    submit: async ({ date, lots, own, price, quantity }) => {
      const amount = amountIn(price, look)
      const body = {
        accountId,
        symbol,
        quantity: parseNumber(quantity, look.locale)!,
        ...(amount === undefined ? {} : { price: amount }),
        ...(date === '' ? {} : { date }),
        ...(own ? { lots: [...picksIn(lots, look)] } : {}),
      }
      setPreview(await api('POST /v1/wealth/lot-previews', { body }))
    },
  })
  return (
    <>
      <Card>
        <Form form={form} submit={m.submit}>
          <Fields>
            <TextField {...form.text('quantity')} label={m.quantity} inputMode="decimal" />
            <MoneyField {...form.text('price')} label={m.price} help={m.priceHelp} optional />
            <DateField {...form.text('date')} label={m.date} help={m.dateHelp} optional />
          </Fields>
          <CheckboxField {...form.checkbox('own')} label={m.own} />
          {form.values.own && (
            <List list={open} empty={<p>{picking.none}</p>}>
              {items => <LotPicker {...form.text('lots')} lots={items.filter(({ isShort }) => !isShort)} />}
            </List>
          )}
        </Form>
      </Card>
      {preview && <Comparison preview={preview} />}
    </>
  )
}

const Shown = (of: Of) => {
  const { error, nameOf, retry } = useAccountNames(of.householdId)
  const lookIsKnown = useLookIsKnown()
  if (error) return <Failure error={error} retry={retry} />
  if (!nameOf || !lookIsKnown) return <Loading />
  return (
    <>
      <h2>{m.titleOf(of.symbol, nameOf(of.accountId))}</h2>
      <Sale {...of} />
    </>
  )
}

/** Compares the ways to choose the lots of a sale that has not been made. */
const SellPage = () => {
  const { accountId, symbol: encoded } = useParams<{ accountId: string; symbol: string }>()
  const symbol = decodeURIComponent(encoded)
  const { household } = useHouseholds()
  return (
    <Page
      title={titles.sell}
      lead={household && m.lead}
      actions={<ButtonLink href={positionPath(accountId, symbol)}>{m.toPosition}</ButtonLink>}
    >
      <HouseholdGate>{({ id }) => <Shown key={id} householdId={id} accountId={accountId} symbol={symbol} />}</HouseholdGate>
    </Page>
  )
}

export default SellPage
