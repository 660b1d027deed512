import { epochDayOf } from '../../shared/index.ts'
import { hundredthsOf } from '../rules/transaction.ts'
import { assignPairs, type Edge } from './assign.ts'
import { signReader, type TransferAccount, type TransferReason, type TransferTransaction, weigh } from './evidence.ts'

export interface TransferPair {
  readonly outflowId: string
  readonly inflowId: string
  /** From 0 to 1. */
  readonly confidence: number
  readonly reasons: readonly TransferReason[]
}

export interface TransferOptions {
  /** Most days between the two; 4 when left out. */
  readonly days?: number
  /** Only pairs with at least this confidence; 0.5 when left out. */
  readonly minimumConfidence?: number
  /** How much of the second currency one of the first buys on a day; undefined: not known, and no pair is made. */
  readonly rateOf?: (from: string, to: string, date: string) => number | undefined
  /** By how much an amount may differ from the one at the rate, as a share of it; 0.03 when left out. */
  readonly rateTolerance?: number
  /** Whether two transactions must not be paired, such as a pair that a person has dismissed. */
  readonly isExcluded?: (outflowId: string, inflowId: string) => boolean
}

/** Most candidates of one transaction, the nearest by date first: a statement of equal amounts on one day would have thousands. */
const MAXIMUM_CANDIDATES = 12

interface Flow {
  readonly transaction: TransferTransaction
  readonly account: TransferAccount
  readonly size: number
  readonly day: number
}

interface Candidate {
  readonly out: number
  readonly into: number
  readonly isExchanged: boolean
}

/** Epoch days of dates, each computed once. */
const dayReader = (): ((date: string) => number) => {
  const days = new Map<string, number>()
  return date => {
    const known = days.get(date)
    if (known !== undefined) return known
    const day = epochDayOf(date)
    days.set(date, day)
    return day
  }
}

const byDay = (a: Flow, b: Flow): number => a.day - b.day || (a.transaction.id < b.transaction.id ? -1 : 1)

/** The first index at which a sorted list reaches a value. */
const lowerBound = (length: number, isBelow: (index: number) => boolean): number => {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBelow(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** The nearest inflows by date of those that a test admits. The places are in the order of the dates. */
const nearest = (
  inflows: readonly Flow[],
  places: readonly number[],
  out: Flow,
  days: number,
  admits: (into: Flow) => boolean = () => true,
): number[] => {
  const admitted: number[] = []
  for (let at = lowerBound(places.length, index => inflows[places[index]!]!.day < out.day - days); at < places.length; at += 1) {
    const into = inflows[places[at]!]!
    if (into.day > out.day + days) break
    if (into.account.id !== out.account.id && admits(into)) admitted.push(places[at]!)
  }
  if (admitted.length <= MAXIMUM_CANDIDATES) return admitted
  const apart = (place: number) => Math.abs(inflows[place]!.day - out.day)
  return admitted.toSorted((a, b) => apart(a) - apart(b) || a - b).slice(0, MAXIMUM_CANDIDATES)
}

const groupPlaces = <Key>(flows: readonly Flow[], keyOf: (flow: Flow) => Key): Map<Key, number[]> => {
  const groups = new Map<Key, number[]>()
  for (const [index, flow] of flows.entries()) {
    const group = groups.get(keyOf(flow))
    if (group) group.push(index)
    else groups.set(keyOf(flow), [index])
  }
  return groups
}

const equalCandidates = (outflows: readonly Flow[], inflows: readonly Flow[], days: number): Candidate[] => {
  const key = ({ account, size }: Flow) => `${account.currency}${size}`
  const places = groupPlaces(inflows, key)
  return outflows.flatMap((flow, out) => {
    const group = places.get(key(flow))
    return group === undefined ? [] : nearest(inflows, group, flow, days).map(into => ({ out, into, isExchanged: false }))
  })
}

const exchangedCandidates = (outflows: readonly Flow[], inflows: readonly Flow[], days: number, options: TransferOptions): Candidate[] => {
  const { rateOf, rateTolerance = 0.03 } = options
  if (!rateOf) return []
  const places = groupPlaces(inflows, ({ account }) => account.currency)
  if (places.size === 1 && outflows.every(({ account }) => places.has(account.currency))) return []
  return outflows.flatMap((flow, out) =>
    [...places].flatMap(([currency, group]) => {
      const rate = currency === flow.account.currency ? undefined : rateOf(flow.account.currency, currency, flow.transaction.date)
      if (rate === undefined) return []
      const [low, high] = [flow.size * rate * (1 - rateTolerance), flow.size * rate * (1 + rateTolerance)]
      const found = nearest(inflows, group, flow, days, ({ size }) => size >= low && size <= high)
      return found.map(into => ({ out, into, isExchanged: true }))
    }),
  )
}

/**
 * Finds transfers between accounts of a household: two transactions with opposite amounts within some days. A transaction is in at most one
 * pair. The pairs are those of the largest total confidence, and of equal ones those of the nearest dates; the order of the transactions makes
 * no difference. The result is in the order of the outflows’ dates.
 */
export const matchTransfers = (
  accounts: readonly TransferAccount[],
  transactions: Iterable<TransferTransaction>,
  options: TransferOptions = {},
): TransferPair[] => {
  const { days = 4, isExcluded = () => false, minimumConfidence = 0.5 } = options
  const accountOf = new Map(accounts.map(account => [account.id, account]))
  const dayOf = dayReader()
  const outflows: Flow[] = []
  const inflows: Flow[] = []
  for (const transaction of transactions) {
    const account = accountOf.get(transaction.accountId)
    const amount = hundredthsOf(transaction.amount)
    if (!account || amount === 0) continue
    const flow = { transaction, account, size: Math.abs(amount), day: dayOf(transaction.date) }
    ;(amount < 0 ? outflows : inflows).push(flow)
  }
  outflows.sort(byDay)
  inflows.sort(byDay)
  const candidates = [...equalCandidates(outflows, inflows, days), ...exchangedCandidates(outflows, inflows, days, options)].filter(
    ({ into, out }) => !isExcluded(outflows[out]!.transaction.id, inflows[into]!.transaction.id),
  )

  const ofOut = new Uint32Array(outflows.length)
  const ofInto = new Uint32Array(inflows.length)
  for (const { into, out } of candidates) {
    ofOut[out]! += 1
    ofInto[into]! += 1
  }
  const signsOf = signReader(accounts)
  const reasonsOf = new Map<Edge, { readonly hundredths: number; readonly reasons: readonly TransferReason[] }>()
  const edges: Edge[] = []
  for (const { into, isExchanged, out } of candidates) {
    const [outflow, inflow] = [outflows[out]!, inflows[into]!]
    const daysApart = Math.abs(outflow.day - inflow.day)
    const isAlone = ofOut[out] === 1 && ofInto[into] === 1
    const weighed = weigh(
      { ...outflow, signs: signsOf(outflow.transaction) },
      { ...inflow, signs: signsOf(inflow.transaction) },
      { daysApart, isExchanged, isAlone },
    )
    if (weighed.hundredths < minimumConfidence * 100) continue
    const edge = { row: out, column: into, worth: weighed.hundredths * 1000 + days - daysApart + 1 }
    edges.push(edge)
    reasonsOf.set(edge, weighed)
  }
  return assignPairs(edges)
    .toSorted((a, b) => a.row - b.row)
    .map(edge => {
      const { hundredths, reasons } = reasonsOf.get(edge)!
      return {
        outflowId: outflows[edge.row]!.transaction.id,
        inflowId: inflows[edge.column]!.transaction.id,
        confidence: hundredths / 100,
        reasons,
      }
    })
}
