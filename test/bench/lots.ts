import { calculateLots, calculateLotsByFamily, type LotEvent, type LotHistory } from '../../domain/wealth/index.ts'
import { accountsOf, bySecurity, plainEvent, realisticHistory, shares, shuffled } from './lots-history.ts'
import { grouped, median, perSecond } from './measure.ts'
import { countNaiveWashSales } from './lots-naive.ts'
import { countFifoClosings } from './lots-fifo.ts'

const GOAL_MILLISECONDS = 1500

interface Timing {
  /** By the clock, which other programs of the machine slow down, and by the processor time of this process, with its garbage collection. */
  readonly clock: number
  readonly processor: number
}

const timed = (rounds: number, work: () => unknown): Timing => {
  const clocks: number[] = []
  const processors: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    const start = performance.now()
    work()
    clocks.push(performance.now() - start)
    const { system, user } = process.cpuUsage(before)
    processors.push((system + user) / 1000)
  }
  return { clock: median(clocks), processor: median(processors) }
}

const oneAccount = (events: readonly LotEvent[]): LotHistory => ({ accounts: accountsOf(1), events, identicalPairs: [] })

/** Purchases and sales of one security in one account, seven a day, by one method. */
const oneSecurity = (count: number, method: LotEvent['method']): LotHistory =>
  oneAccount(
    Array.from({ length: count }, (_, index) =>
      plainEvent({
        id: String(index).padStart(7, '0'),
        type: index % 3 === 2 ? 'sell' : 'buy',
        day: 10_000 + Math.floor(index / 7),
        quantity: shares(10_000 + ((index * 7919) % 9973)),
        cents: 100_000 + ((index * 104_729) % 30_011),
        method,
      }),
    ),
  )

/** Purchases of one day, and half as many sales at a loss on the next day. */
const oneWindow = (count: number): LotHistory =>
  oneAccount(
    Array.from({ length: count }, (_, index) => {
      const isSale = index % 3 === 2
      const id = String(index).padStart(7, '0')
      return plainEvent({
        id,
        type: isSale ? 'sell' : 'buy',
        day: 10_000 + Number(isSale),
        quantity: shares(10_000),
        cents: isSale ? 90 : 100 + (index % 17),
      })
    }),
  )

/** Purchases at many prices, and then sales of the highest cost first, each of half a lot. */
const manyOpenLots = (count: number): LotHistory =>
  oneAccount(
    Array.from({ length: count }, (_, index) => {
      const isSale = index >= count / 2
      const id = String(index).padStart(7, '0')
      const day = 10_000 + (isSale ? 4000 : 0) + Math.floor(index / 100)
      return plainEvent({
        id,
        type: isSale ? 'sell' : 'buy',
        day,
        quantity: shares(isSale ? 5000 : 10_000),
        cents: isSale ? 900_000 : 1000 + ((index * 7919) % 99_991),
        method: 'hifo',
      })
    }),
  )

/** Purchases in two accounts in turn, and at the end a transfer of all shares of one into the other. */
const oneTransfer = (count: number): LotHistory => {
  const accounts = accountsOf(2)
  const [from, to] = accounts.map(({ id }) => id) as [string, string]
  const bought = Array.from({ length: count - 2 }, (_, index) =>
    plainEvent({
      id: String(index).padStart(7, '0'),
      type: 'buy',
      day: 10_000 + Math.floor(index / 10),
      accountId: index % 2 === 0 ? from : to,
      quantity: shares(10_000),
      cents: 10_000,
    }),
  )
  const half = { day: 10_001 + Math.floor(count / 10), quantity: shares(5000 * (count - 2)), cents: null }
  const halves = [
    plainEvent({ ...half, id: 'out', type: 'transfer_out', accountId: from, transferAccountId: to }),
    plainEvent({ ...half, id: 'in', type: 'transfer_in', accountId: to, transferAccountId: from }),
  ]
  return { accounts, events: [...bought, ...halves], identicalPairs: [] }
}

/** Results are read and dropped, as they are when they are stored. */
const readByFamily = (history: LotHistory): { closings: number; washSales: number; lots: number } => {
  const counts = { closings: 0, washSales: 0, lots: 0 }
  for (const { closings, lots, washSales } of calculateLotsByFamily(history)) {
    counts.closings += closings.length
    counts.washSales += washSales.length
    counts.lots += lots.length
  }
  return counts
}

/** The orders one after the other, so that one history only is in memory. */
const growth = (): void => {
  const rows: Record<string, Record<string, string>> = {}
  for (const count of [10_000, 100_000, 1_000_000]) {
    for (const [order, historyOf] of [
      ['by security', bySecurity],
      ['by day', (history: LotHistory) => history],
      ['in no order', shuffled],
    ] as const) {
      const history = historyOf(realisticHistory(count))
      const fifo = timed(5, () => countFifoClosings(history))
      const add = (name: string, { clock, processor }: Timing): void => {
        rows[`${grouped(count)} ${order}: ${name}`] = {
          ms: grouped(clock),
          'processor ms': grouped(processor),
          'transactions/s': grouped(perSecond(count, clock)),
          'of the baseline': `${(clock / fifo.clock).toFixed(1)} x`,
          'of the target': count === 1_000_000 ? (clock / GOAL_MILLISECONDS).toFixed(2) : '',
        }
      }
      add('plain FIFO without wash sales (baseline)', fifo)
      add(
        'lots and wash sales, family by family',
        timed(5, () => readByFamily(history)),
      )
      if (order === 'by security') {
        add(
          'lots and wash sales, all kept in memory',
          timed(3, () => calculateLots(history)),
        )
        const { closings, lots, washSales } = readByFamily(history)
        console.log(
          `${grouped(count)} transactions: ${grouped(closings)} closings, ${grouped(washSales)} wash sales, ${grouped(lots)} open lots`,
        )
      }
    }
  }
  console.table(rows)
}

/** Each with the size of its larger history. */
const hardCases = (): void => {
  const cases: Readonly<Record<string, readonly [historyOf: (count: number) => LotHistory, count: number]>> = {
    'one security, FIFO': [count => oneSecurity(count, 'fifo'), 100_000],
    // The shares with the highest cost are those with the losses of others in it: they are sold, replaced and divided again and again.
    'one security, highest cost': [count => oneSecurity(count, 'hifo'), 10_000],
    'one security, lowest tax': [count => oneSecurity(count, 'lowest_tax'), 100_000],
    'one security, average': [count => oneSecurity(count, 'average'), 100_000],
    'purchases of one day, sold at a loss on the next': [oneWindow, 100_000],
    'highest cost of 50 % open lots': [manyOpenLots, 100_000],
    'transfer of 50 % of the lots among the others': [oneTransfer, 100_000],
  }
  const rows: Record<string, Record<string, string>> = {}
  for (const [name, [historyOf, count]] of Object.entries(cases)) {
    const [small, large] = [historyOf(count / 10), historyOf(count)]
    const [few, many] = [timed(3, () => calculateLots(small)), timed(1, () => calculateLots(large))]
    const [fewer, more] = [small, large].map(history => calculateLots(history).closings.length) as [number, number]
    rows[name] = {
      transactions: grouped(count),
      closings: grouped(more),
      ms: many.clock.toFixed(0),
      'closings for 10 x as many transactions': `${(more / fewer).toFixed(1)} x`,
      'time for 10 x as many': `${(many.processor / few.processor).toFixed(1)} x`,
    }
  }
  console.log('\nOne security')
  console.table(rows)
}

/** The search that compares every loss with every purchase, at a size that it can bear. */
const naive = (): void => {
  const count = 2000
  const history = oneSecurity(count, 'fifo')
  const search = timed(1, () => countNaiveWashSales(history))
  const own = timed(3, () => calculateLots(history))
  console.log(`\nWash sales of one security with ${grouped(count)} transactions`)
  console.table({
    'every loss against every purchase (baseline)': { ms: grouped(search.clock), faster: '1 x' },
    'lots and wash sales': { ms: grouped(own.clock), faster: `${(search.clock / own.clock).toFixed(0)} x` },
  })
}

/** Tax lots and wash sales from nothing, as a pure function on one core. The target is a million transactions in 1.5 s. */
export const run = async (): Promise<void> => {
  console.log('\nLots: 40 accounts, 400 securities, every method, reinvestments, splits and transfers')
  growth()
  hardCases()
  naive()
  const { timeStoredLots } = await import('./lots-stored.ts')
  await timeStoredLots()
}
