import type { ApiRequest } from '../../lambdas/api-types.ts'
import { formatNumber } from '../components/format.ts'
import { parseMoney, parseNumber, parsePercent, percentOf } from '../components/parse-figure.ts'
import { api, refreshQueries } from '../shell/api.ts'
import type { Look } from '../shell/preferences.ts'
import { type ExchangeValues, noExchange } from './exchange-fields.tsx'
import type { Instrument } from './timeframes.ts'
import type { types } from '#messages/market'

export type InstrumentBody = ApiRequest<'PUT /v1/market/instruments/{symbol}'>['body']
export type InstrumentType = keyof typeof types

/** Makes the instrument of a symbol, or replaces it. */
export const putInstrument = async (symbol: string, body: InstrumentBody): Promise<void> => {
  await api('PUT /v1/market/instruments/{symbol}', { params: { symbol }, body })
  await refreshQueries('GET /v1/market/instruments', 'GET /v1/market/exchanges', 'GET /v1/market/instruments/{symbol}')
}

export type InstrumentValues = ExchangeValues &
  Readonly<
    Record<
      | 'symbol'
      | 'name'
      | 'type'
      | 'currency'
      | 'sector'
      | 'industry'
      | 'country'
      | 'currentPrice'
      | 'priceDate'
      | 'marketCap'
      | 'peRatio'
      | 'dividendYield'
      | 'expenseRatio',
      string
    >
  > & { readonly isActive: boolean; readonly allowsNegativePrices: boolean }

export const newValues = ({ currency }: Look): InstrumentValues => ({
  symbol: '',
  name: '',
  type: 'stock',
  currency,
  ...noExchange,
  sector: '',
  industry: '',
  country: '',
  currentPrice: '',
  priceDate: '',
  marketCap: '',
  peRatio: '',
  dividendYield: '',
  expenseRatio: '',
  allowsNegativePrices: false,
  isActive: true,
})

export const valuesOf = (instrument: Instrument, look: Look): InstrumentValues => {
  const figure = (value: string | null) => (value === null ? '' : formatNumber(value, look, 8))
  const percent = (value: string | null) => (value === null ? '' : formatNumber(percentOf(value), look, 4))
  const { allowsNegativePrices, country, currency, exchangeCode, industry, isActive, name, priceDate, sector, symbol, type } = instrument
  return {
    ...noExchange,
    symbol,
    name,
    type,
    currency,
    exchange: exchangeCode,
    sector: sector ?? '',
    industry: industry ?? '',
    country: country ?? '',
    currentPrice: figure(instrument.currentPrice),
    priceDate: priceDate ?? '',
    marketCap: figure(instrument.marketCap),
    peRatio: figure(instrument.peRatio),
    dividendYield: percent(instrument.dividendYield),
    expenseRatio: percent(instrument.expenseRatio),
    allowsNegativePrices,
    isActive,
  }
}

/** @param before the instrument that is changed: its other figures, by name, stay */
export const bodyOf = (
  values: InstrumentValues,
  exchangeCode: string,
  { locale }: Look,
  before: Pick<Instrument, 'fundamentals'> | undefined,
): InstrumentBody => {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  // What is no figure is sent as it is, and the server refuses it at its field.
  const figure = (text: string, parse: typeof parseMoney) => orNull(parse(text, locale) ?? text)
  return {
    name: values.name.trim(),
    type: values.type as InstrumentType,
    exchangeCode,
    currency: values.currency.trim().toUpperCase(),
    sector: orNull(values.sector),
    industry: orNull(values.industry),
    country: orNull(values.country.toUpperCase()),
    currentPrice: figure(values.currentPrice, parseMoney),
    priceDate: orNull(values.priceDate),
    marketCap: figure(values.marketCap, parseMoney),
    peRatio: figure(values.peRatio, parseNumber),
    dividendYield: figure(values.dividendYield, parsePercent),
    expenseRatio: figure(values.expenseRatio, parsePercent),
    ...(before ? { fundamentals: before.fundamentals } : {}),
    allowsNegativePrices: values.allowsNegativePrices,
    isActive: values.isActive,
  }
}
