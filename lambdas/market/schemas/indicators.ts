import * as z from 'zod'
import { type Indicator, indicators } from '../../../domain/market/index.ts'
import { nameSchemas } from '../../runtime/schemas.ts'
import { symbol } from './shared.ts'
import { timeframe } from './bars.ts'

const memory = z.enum(['window', 'fading', 'cumulative']).meta({ id: 'IndicatorMemory' })

export const indicatorDescription = z.strictObject({
  name: z.string(),
  title: z.string(),
  parameters: z.array(
    z.strictObject({ name: z.string(), default: z.number(), minimum: z.number(), maximum: z.number(), integer: z.boolean() }),
  ),
  outputs: z.array(z.string()),
  memory: memory.describe('How far back a value looks: its own bars, all before it with shrinking weight, or all before it for good.'),
})

export const indicatorValues = z.strictObject({
  symbol,
  timeframe,
  times: z.array(z.string()),
  indicators: z.array(
    z.strictObject({
      name: z.string(),
      parameters: z.record(z.string(), z.number()),
      memory,
      warmUp: z.record(z.string(), z.int()).describe('By output: how many bars at the beginning of the series have no value.'),
      values: z.record(z.string(), z.array(z.number().nullable())).describe('By output: one value per time, null where there is none.'),
    }),
  ),
  nextCursor: z.string().nullable(),
})

nameSchemas({ IndicatorDescription: indicatorDescription, IndicatorValues: indicatorValues })

export interface WantedIndicator {
  readonly name: string
  readonly indicator: Indicator
  readonly parameters: Record<string, number>
}

const pattern = /^([A-Za-z]\w*)(?:\(([^()]*)\))?$/

/** `macd(fast=12,slow=26)` taken apart, or what is wrong with it. */
const readWanted = (text: string): WantedIndicator | string => {
  const [, name = '', given = ''] = pattern.exec(text) ?? []
  const indicator: Indicator | undefined = Object.hasOwn(indicators, name) ? indicators[name as keyof typeof indicators] : undefined
  if (!indicator) return `there is no indicator "${text.slice(0, 60)}"; see /v1/market/indicators`
  const pairs = given === '' ? [] : given.split(',').map(pair => pair.split('='))
  const known = new Set(indicator.parameters.map(parameter => parameter.name))
  const fault = pairs.find(([key = '', value = '']) => !known.has(key.trim()) || !/^\s*-?\d+(\.\d+)?\s*$/.test(value))
  if (fault) return `${name} takes ${[...known].join(', ') || 'no parameters'}, each as name=number, not "${fault.join('=').slice(0, 60)}"`
  return { name, indicator, parameters: Object.fromEntries(pairs.map(([key = '', value]) => [key.trim(), Number(value)])) }
}

/** At commas that are not within parentheses. */
const split = (text: string): string[] => text.split(/,(?![^(]*\))/).map(part => part.trim())

export const wantedIndicators = z
  .string()
  .min(1)
  .max(1000)
  .transform((text, context): WantedIndicator[] => {
    const wanted = split(text).map(readWanted)
    for (const message of wanted.filter(one => typeof one === 'string')) context.addIssue({ code: 'custom', message })
    return wanted.filter(one => typeof one !== 'string')
  })
  .refine(list => list.length <= 20, { error: 'must be 20 indicators at most' })
  .describe('Separated by commas, parameters in parentheses: `sma(period=20),rsi,macd`.')
