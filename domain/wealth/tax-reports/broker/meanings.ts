import type { ColumnMeanings } from '../../../files/index.ts'

const named = (kind: ColumnMeanings[string]['kind'], names: string) => ({ names: [], lesserNames: names.split('|'), kind })

/** Names of the columns of a broker's Form 1099-B as a table. Boxes are those of the form. */
export const brokerMeanings = {
  soldOn: named(
    'time',
    'date sold|date sold or disposed|sold date|sale date|sell date|date of sale|closing date|close date|closed date|1c date sold or disposed|date disposed|disposed',
  ),
  acquiredOn: named(
    'time',
    'date acquired|acquired date|acquisition date|purchase date|open date|opening date|opened date|1b date acquired|acquired',
  ),
  proceeds: named('number', 'proceeds|sales proceeds|gross proceeds|net proceeds|sales price|total proceeds|1d proceeds|proceeds amount'),
  basis: named(
    'number',
    'cost or other basis|cost basis|cost basis (cb)|basis|cost|adjusted cost basis|1e cost or other basis|cost basis amount',
  ),
  disallowedLoss: named(
    'number',
    'wash sale loss disallowed|wash sale disallowed|disallowed loss|wash sale|wash sale adjustment|wash sale amount|wash sale loss|1g wash sale loss disallowed|wash sale disallowed amount|disallowed wash sale loss|adjustments',
  ),
  quantity: named('number', 'quantity|shares|quantity sold|shares sold|units|qty|no of shares'),
  symbol: named('text', 'symbol|ticker|security symbol|ticker symbol'),
  term: named(
    'text',
    'term|holding period|type of gain or loss|short or long term|long/short|gain type|short/long|type of gain(loss)|type of gain or loss code',
  ),
  box: named(
    'text',
    'form 8949 code|8949 code|form 8949 box|box|applicable checkbox on form 8949|applicable check box on form 8949|form 8949 type',
  ),
  reported: named(
    'text',
    'covered|basis reported to irs|reported to irs|covered/noncovered|noncovered|covered or noncovered|basis reported',
  ),
  description: named(
    'text',
    'description of property|description|security description|security name|security|1a description of property|name',
  ),
} as const satisfies ColumnMeanings

export type BrokerMeaning = keyof typeof brokerMeanings
